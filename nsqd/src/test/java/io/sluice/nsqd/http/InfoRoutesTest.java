package io.sluice.nsqd.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InfoRoutesTest {
    private final TestApi api = new TestApi();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void aHealthyDaemonAnswersOk() throws IOException {
        RawHttp.Reply reply = api.get("/ping");
        assertThat(reply.status() + " " + reply.body()).isEqualTo("200 OK");
        assertThat(reply.headers())
                .containsEntry("Content-Type", "text/plain; charset=utf-8")
                .doesNotContainKey("X-NSQ-Content-Type");
    }

    @Test
    void anUnhealthyOneSaysWhy() throws IOException {
        api.health("NOK - no space left on device");
        RawHttp.Reply reply = api.get("/ping");
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).isEqualTo("NOK - no space left on device");
        assertThat(reply.headers()).containsEntry("Content-Type", "text/plain; charset=utf-8");
        assertThat(api.stats("").get("health").asText()).isEqualTo(reply.body());
    }

    @Test
    void infoHasTheKeysInTheOrderOfNsqAndTimesInNanoseconds() throws IOException {
        RawHttp.Reply reply = api.get("/info");
        assertThat(reply.headers())
                .containsEntry("Content-Type", "application/json; charset=utf-8")
                .containsEntry("X-NSQ-Content-Type", "nsq; version=1.0");
        assertThat(reply.body())
                .isEqualTo(
                        "{\"version\":\"1.3.0+test\",\"broadcast_address\":\"broadcast.example\","
                                + "\"hostname\":\"host1\",\"http_port\":"
                                + api.httpPort()
                                + ",\"tcp_port\":"
                                + api.tcpPort()
                                + ",\"start_time\":"
                                + TestApi.START_TIME.toEpochSecond()
                                + ",\"max_heartbeat_interval\":60000000000,"
                                + "\"max_output_buffer_size\":65536,"
                                + "\"max_output_buffer_timeout\":30000000000,"
                                + "\"max_deflate_level\":6,\"topology_zone\":\"zone\","
                                + "\"topology_region\":\"region\",\"durability\":\"mem\","
                                + "\"features\":[\"peek\",\"oldest\",\"requeue\",\"move\"]}");
    }
}
