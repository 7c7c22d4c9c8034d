// Publishes the lines of standard input with nsqjs, and ends when all are acknowledged.
//
//   node publisher.js '{"host":…,"port":…,"topic":…,"mode":…,"options":{…}}'
//
// mode: "each" (PUB), "batch" (one MPUB) or "defer:MS" (DPUB).
const nsq = require('nsqjs')

const task = JSON.parse(process.argv[2])
const lines = require('fs').readFileSync(0, 'utf8').split('\n').filter((line) => line)
const writer = new nsq.Writer(task.host, task.port, task.options || {})

function fail(error) {
  console.error(String(error))
  process.exit(1)
}

function publish(done) {
  const [mode, ms] = task.mode.split(':')
  if (mode === 'batch') {
    writer.publish(task.topic, lines, done)
    return
  }
  let left = lines.length
  const one = (error) => {
    if (error) fail(error)
    left -= 1
    if (left === 0) done()
  }
  for (const line of lines) {
    if (mode === 'each') writer.publish(task.topic, line, one)
    else writer.deferPublish(task.topic, [line], Number(ms), one)
  }
}

writer.on('ready', () => {
  publish((error) => {
    if (error) fail(error)
    // Its goodbye is CLS, which nsqd refuses a connection that consumes nothing.
    writer.removeListener('error', fail)
    writer.on('error', () => {})
    writer.close()
  })
})
writer.on('error', fail)
writer.connect()
