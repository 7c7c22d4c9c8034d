// Consumes with nsqjs and prints a line of JSON for each delivery.
//
//   node consumer.js '{"topic":…,"channel":…,"count":…,"first":…,"options":{…}}'
//
// count: how many messages to finish before it ends.
// first: what to do with a message's first delivery: "finish", "requeue" (at once),
//        "requeue:MS" (after MS milliseconds), "ignore" (let it time out) or "touch:MS"
//        (touch it, and finish it MS milliseconds later).
const nsq = require('nsqjs')

const task = JSON.parse(process.argv[2])
const reader = new nsq.Reader(task.topic, task.channel, task.options)
let left = task.count

function finish(message) {
  message.finish()
  left -= 1
  // nsqjs sends an answer on the next tick: a reader that closes now would take it along.
  if (left === 0) setImmediate(() => reader.close())
}

function answer(message) {
  const [what, ms] = (message.attempts === 1 ? task.first : 'finish').split(':')
  if (what === 'requeue') {
    message.requeue(Number(ms || 0), false)
  } else if (what === 'touch') {
    const touching = setInterval(() => message.touch(), 300)
    setTimeout(() => {
      clearInterval(touching)
      finish(message)
    }, Number(ms))
  } else if (what === 'finish') {
    finish(message)
  }
}

reader.on('message', (message) => {
  const body = message.body.toString('base64')
  console.log(JSON.stringify({ id: message.id, attempts: message.attempts, body, at: Date.now() }))
  answer(message)
})
reader.on('error', (error) => console.error(String(error)))
reader.connect()
