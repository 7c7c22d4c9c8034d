/** The client library: publishing to and consuming from nsqd. The tools are not part of it. */
module io.sluice.client {
    requires transitive io.sluice.protocol;
    requires com.fasterxml.jackson.core;
    requires static micrometer.core;

    exports io.sluice.client;
    exports io.sluice.client.micrometer;
}
