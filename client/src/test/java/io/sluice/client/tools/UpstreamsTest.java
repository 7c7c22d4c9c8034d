package io.sluice.client.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UpstreamsTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private static List<String> next(Upstreams hosts, int count, long nowNs) {
        return IntStream.range(0, count).mapToObj(i -> hosts.next(nowNs)).toList();
    }

    @Test
    void roundRobinStartsWithTheSecond() {
        Upstreams hosts = Upstreams.of("round-robin", List.of("a", "b", "c"), null);
        hosts.failed("c", 0);
        assertThat(next(hosts, 4, 0)).containsExactly("b", "c", "a", "b");
    }

    @Test
    void aHostThatFailedRestsLongerEachTime() {
        Upstreams hosts = Upstreams.of("hostpool", List.of("a", "b"), null);
        hosts.failed("b", 0);
        assertThat(next(hosts, 3, 29 * SECOND)).containsExactly("a", "a", "a");
        assertThat(next(hosts, 2, 30 * SECOND)).contains("a", "b");
        hosts.failed("b", 30 * SECOND);
        assertThat(next(hosts, 2, 89 * SECOND)).containsOnly("a");
        assertThat(next(hosts, 2, 90 * SECOND)).contains("a", "b");
        hosts.succeeded("b", 1, 90 * SECOND);
        hosts.failed("b", 90 * SECOND);
        assertThat(next(hosts, 2, 120 * SECOND)).contains("a", "b");
    }

    @Test
    void whenAllFailedAllAreTried() {
        Upstreams hosts = Upstreams.of("hostpool", List.of("a", "b"), null);
        hosts.failed("a", 0);
        hosts.failed("b", 0);
        assertThat(next(hosts, 2, 1)).contains("a", "b");
    }

    @Test
    void fastHostsGetMoreAndSlowOnesSome() {
        Upstreams hosts = new FastHosts(List.of("slow", "fast"), new Random(1));
        long now = 0;
        int fast = 0;
        for (int i = 0; i < 1000; i++) {
            String host = hosts.next(now);
            hosts.succeeded(host, host.equals("fast") ? SECOND / 100 : SECOND / 10, now);
            if (host.equals("fast")) fast++;
            now += SECOND / 10;
        }
        assertThat(fast).isBetween(800, 980);
    }

    @Test
    void fastHostsThatFailAreLeftAlone() {
        Upstreams hosts = new FastHosts(List.of("a", "b"), new Random(1));
        hosts.succeeded("a", 1, 0);
        hosts.succeeded("b", SECOND, 0);
        hosts.failed("a", 0);
        assertThat(next(hosts, 20, SECOND)).containsOnly("b");
    }
}
