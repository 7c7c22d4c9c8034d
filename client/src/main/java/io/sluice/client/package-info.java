/**
 * Publishing to and consuming from nsqd.
 *
 * <pre>{@code
 * try (Producer producer =
 *         new Producer(ProducerOptions.builder().nsqd("127.0.0.1:4150").build())) {
 *     producer.publish("orders", Bytes.utf8("one book")).join();
 * }
 *
 * ConsumerOptions options =
 *         ConsumerOptions.builder("orders", "billing").lookupd("127.0.0.1:4161").build();
 * Consumer consumer = Consumer.start(options, message -> bill(message.body().utf8()));
 * }</pre>
 *
 * <p>What goes wrong is an {@link io.sluice.client.NsqException}. Logs go to the {@link
 * java.lang.System.Logger} named {@code io.sluice.client}.
 */
package io.sluice.client;
