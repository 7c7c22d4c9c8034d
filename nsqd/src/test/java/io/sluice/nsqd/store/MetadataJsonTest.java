package io.sluice.nsqd.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.daemon.Version;
import io.sluice.nsqd.core.Durability;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataJsonTest {
    private static final String VERSION = ",\"version\":\"" + Version.FULL + "\"}";

    private final List<String> warnings = new ArrayList<>();

    private Metadata decode(String json) throws IOException {
        return MetadataJson.decode(json.getBytes(UTF_8), warnings::add);
    }

    private static String encode(Metadata metadata) {
        return new String(MetadataJson.encode(metadata), UTF_8);
    }

    private static TopicMetadata topic(String name, ChannelMetadata... channels) {
        return new TopicMetadata(new TopicName(name), false, null, List.of(channels));
    }

    private static ChannelMetadata channel(String name, boolean paused) {
        return new ChannelMetadata(new ChannelName(name), paused);
    }

    @Test
    void whatNsqHasWrittenIsRead() throws IOException {
        String json =
                "{\"topics\":[{\"name\":\"t\",\"paused\":true,\"channels\":"
                        + "[{\"name\":\"c\",\"paused\":false},{\"name\":\"d\",\"paused\":true}]},"
                        + "{\"name\":\"u\",\"paused\":false,\"channels\":null}],"
                        + "\"version\":\"1.3.0\"}";
        TopicMetadata t =
                new TopicMetadata(
                        new TopicName("t"),
                        true,
                        null,
                        List.of(channel("c", false), channel("d", true)));
        assertThat(decode(json)).isEqualTo(new Metadata(List.of(t, topic("u"))));
        assertThat(encode(decode(json)))
                .isEqualTo(json.replace(",\"version\":\"1.3.0\"}", VERSION));
        assertThat(warnings).isEmpty();
    }

    @Test
    void whatIsEmptyIsWrittenAsNull() {
        assertThat(encode(Metadata.EMPTY)).isEqualTo("{\"topics\":null" + VERSION);
        assertThat(encode(new Metadata(List.of(topic("t")))))
                .isEqualTo(
                        "{\"topics\":[{\"name\":\"t\",\"paused\":false,\"channels\":null}]"
                                + VERSION);
    }

    @Test
    void whatIsEphemeralIsNotWritten() {
        Metadata metadata =
                new Metadata(
                        List.of(
                                topic("t#ephemeral", channel("c", false)),
                                topic("t", channel("c#ephemeral", false))));
        assertThat(encode(metadata)).isEqualTo(encode(new Metadata(List.of(topic("t")))));
    }

    @Test
    void aChosenDurabilityIsKept() throws IOException {
        for (Durability durability : Durability.values()) {
            TopicMetadata topic =
                    new TopicMetadata(new TopicName("t"), false, durability, List.of());
            Metadata metadata = new Metadata(List.of(topic));
            assertThat(decode(encode(metadata))).isEqualTo(metadata);
        }
        assertThat(encode(new Metadata(List.of(topic("t"))))).doesNotContain("durability");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "{\"topics\":null}",
                "{\"topics\":[],\"version\":null}",
                "{\"version\":\"9\",\"other\":{\"topics\":1}}"
            })
    void nothingIsNoTopics(String json) throws IOException {
        assertThat(decode(json)).isEqualTo(Metadata.EMPTY);
    }

    @Test
    void keysAreReadInAnyCaseAndMayBeMissing() throws IOException {
        assertThat(
                        decode(
                                "{\"TOPICS\":[{\"Name\":\"t\",\"x\":1,"
                                        + "\"Channels\":[{\"NAME\":\"c\"}]}]}"))
                .isEqualTo(new Metadata(List.of(topic("t", channel("c", false)))));
    }

    @Test
    void namesThatAreNotAllowedAreLeftOutWithAWarning() throws IOException {
        String json =
                "{\"topics\":[{\"name\":\"a b\"},{},null,"
                        + "{\"name\":\"ok\",\"channels\":[{\"name\":\"x y\"},{\"name\":\"c\"}]}]}";
        assertThat(decode(json)).isEqualTo(new Metadata(List.of(topic("ok", channel("c", false)))));
        assertThat(warnings)
                .containsExactly(
                        "skipping creation of invalid topic a b",
                        "skipping creation of invalid topic ",
                        "skipping creation of invalid topic ",
                        "skipping creation of invalid channel x y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | unexpected end of JSON input",
                "[] | all of it must be an object, not of type array",
                "\"x\" | all of it must be an object, not of type string",
                "{\"topics\":1} | topics must be an array, not of type number",
                "{\"topics\":[1]} | a topic must be an object, not of type number",
                "{\"topics\":[{\"name\":1}]} | name must be a string, not of type number",
                "{\"topics\":[{\"paused\":\"x\"}]} | must be true or false, not of type string",
                "{\"topics\":[{\"channels\":{}}]} | channels must be an array, not of type object",
                "{\"topics\":[{\"durability\":\"disk\"}]} | must be mem, os or fsync, not 'disk'",
                "{\"version\":3} | version must be a string, not of type number",
                "{ | line 1, column 2: Unexpected end-of-input",
                "{\"topics\":[] | line 1, column 13: Unexpected end-of-input",
                "{} x | line 1, column 4: Unrecognized token 'x'",
                "{} {} | Trailing token",
            })
    void whatIsNotOfThisShapeIsRefused(String json, String why) {
        assertThatThrownBy(() -> decode(json))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why);
    }
}
