package io.sluice.nsqd.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantsTest {
    private static Grants parse(String json) {
        return Grants.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Of one authorization, with everything in single quotes. */
    private static Grants grants(String topic, String channels, String permissions) {
        String json =
                "{'ttl':9,'authorizations':[{'topic':'"
                        + topic
                        + "','channels':"
                        + channels
                        + ",'permissions':"
                        + permissions
                        + "}]}";
        return parse(json.replace('\'', '"'));
    }

    @Test
    void readsWhoItIsAndForHowLong() {
        Grants grants =
                parse("{\"ttl\":9,\"identity\":\"me\",\"identity_url\":\"http://x\",\"more\":1}");
        assertThat(grants.identity()).isEqualTo("me");
        assertThat(grants.identityUrl()).isEqualTo("http://x");
        assertThat(grants.ttlSeconds()).isEqualTo(9);
        assertThat(grants.count()).isZero();
        assertThat(parse("{\"ttl\":9,\"identity\":null}").identity()).isEmpty();
    }

    @Test
    void aTimeBeyondAllMeasureOverflowsNothing() {
        long ttl = parse("{\"ttl\":9223372036854775807}").ttlSeconds();
        assertThat(Math.multiplyExact(ttl, 1_000_000_000L)).isPositive();
    }

    @Test
    void expressionsAreFoundAnywhereUnlessTheyAreAnchored() {
        Grants loose = grants("rder", "['ill']", "['subscribe']");
        assertThat(loose.maySubscribe("orders", "billing")).isTrue();
        Grants tight = grants("^orders$", "['^a$','^b$']", "['subscribe']");
        assertThat(tight.maySubscribe("orders", "b")).isTrue();
        assertThat(tight.maySubscribe("orders", "bb")).isFalse();
        assertThat(tight.maySubscribe("orders2", "b")).isFalse();
        assertThat(tight.maySubscribe("orders#ephemeral", "b")).isFalse();
    }

    @Test
    void eachPermissionIsForItself() {
        Grants subscriber = grants(".*", "['.*']", "['subscribe']");
        assertThat(subscriber.mayPublish("t")).isFalse();
        Grants publisher = grants(".*", "['.*']", "['publish']");
        assertThat(publisher.mayPublish("t")).isTrue();
        assertThat(publisher.maySubscribe("t", "c")).isFalse();
        Grants nobody = grants(".*", "['.*']", "[]");
        assertThat(nobody.mayPublish("t") || nobody.maySubscribe("t", "c")).isFalse();
    }

    @Test
    void publishingNeedsAChannelThatMatchesTheEmptyName() {
        assertThat(grants("t", "['']", "['publish']").mayPublish("t")).isTrue();
        assertThat(grants("t", "['^c$','.*']", "['publish']").mayPublish("t")).isTrue();
        assertThat(grants("t", "['^c1$']", "['publish']").mayPublish("t")).isFalse();
        assertThat(grants("t", "[]", "['publish']").mayPublish("t")).isFalse();
        assertThat(grants("t", "null", "['publish']").mayPublish("t")).isFalse();
    }

    @Test
    void noExpressionIsSlow() {
        Grants grants = grants("^(a+)+$", "['.*']", "['publish']");
        assertThat(grants.mayPublish("a".repeat(60) + "!")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"ttl\":0}",
                "{\"ttl\":-1}",
                "{\"ttl\":\"3600\"}",
                "{\"ttl\":1.5}",
                "{\"ttl\":9,\"authorizations\":7}",
                "{\"ttl\":9,\"authorizations\":[7]}",
                "{\"ttl\":9,\"identity\":7}",
                "{\"ttl\":9,\"authorizations\":[{\"topic\":\"(\"}]}",
                "{\"ttl\":9,\"authorizations\":[{\"topic\":\"(?=a)\"}]}",
                "{\"ttl\":9,\"authorizations\":[{\"topic\":\"\",\"channels\":[\"[\"]}]}",
                "{\"ttl\":9,\"authorizations\":[{\"topic\":\"\",\"permissions\":[\"all\"]}]}"
            })
    void whatIsNotAnAnswerIsRefused(String json) {
        assertThatThrownBy(() -> parse(json)).isInstanceOf(IllegalArgumentException.class);
    }
}
