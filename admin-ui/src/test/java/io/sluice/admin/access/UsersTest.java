package io.sluice.admin.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.daemon.StartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {
    /** Of the token "secret". */
    private static final String TOKEN =
            "sha256:2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    /** Of the password "password" with the salt "salt" and one round. */
    private static final String PASSWORD =
            "pbkdf2:1:73616c74:120fb6cffcf8b32c43e7225256c4f837a86548c92ccc35480805987cb70be17b";

    @TempDir Path folder;

    private Users users(String text) throws IOException {
        Path file = folder.resolve("users");
        Files.writeString(file, text);
        return Users.read(file);
    }

    private static String basic(String both) {
        byte[] bytes = both.getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void tokensAndPasswordsAreKnownByTheirHashes() throws IOException {
        Users users = users("# who may\nrobot operator " + TOKEN + "\nann admin " + PASSWORD);
        assertThat(users.check("Bearer secret")).isEqualTo(new Users.Known("robot", Role.OPERATOR));
        assertThat(users.check(basic("ann:password")))
                .isEqualTo(new Users.Known("ann", Role.ADMIN));
        assertThat(users.check(basic("ann:passwort"))).isNull();
        assertThat(users.check(basic("bob:password"))).isNull();
        assertThat(users.check("Bearer password")).isNull();
        assertThat(users.check("Basic !")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "ann king " + TOKEN, "ann admin md5:00", "a admin plain"})
    void aBadLineIsNamed(String line) {
        assertThatThrownBy(() -> users("\n" + line))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("line 2 ");
    }

    @Test
    void aNetworkHoldsItsAddressesAndNoOthers() {
        Network network = Network.parse("10.1.0.0/15");
        assertThat(network.contains("10.0.255.255")).isTrue();
        assertThat(network.contains("10.2.0.0")).isFalse();
        assertThat(network.contains("::1")).isFalse();
        assertThat(Network.parse("::1").contains("0:0:0:0:0:0:0:1")).isTrue();
        assertThatThrownBy(() -> Network.parse("example.org"))
                .hasMessageContaining("is not a network");
    }
}
