package io.sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostAndPortTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:4150, 127.0.0.1, 4150, 127.0.0.1",
        "host1.example:0, host1.example, 0, host1.example",
        ":4150, '', 4150, 0.0.0.0",
        "[::1]:65535, ::1, 65535, ::1"
    })
    void itReadsAndPrintsTheSame(String text, String host, int port, String bindHost) {
        HostAndPort address = HostAndPort.parse(text);
        assertThat(address).isEqualTo(new HostAndPort(host, port)).hasToString(text);
        assertThat(address.bindHost()).isEqualTo(bindHost);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, the port is missing",
        "::1:4150, IPv6 addresses stand in brackets",
        "http://localhost:4150, IPv6 addresses stand in brackets",
        "a/b:4150, the host is malformed",
        "[::1:4150, IPv6 addresses stand in brackets",
        "localhost:, the port is not a number of 0 to 65535",
        "localhost:-1, the port is not a number of 0 to 65535",
        "localhost:http, the port is not a number of 0 to 65535",
        "localhost:65536, the port is above 65535"
    })
    void itSaysWhatIsWrong(String text, String why) {
        assertThatThrownBy(() -> HostAndPort.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is not host:port, :port or [IPv6]:port: " + why);
    }
}
