package io.sluice.nsqd.sim;

import io.sluice.nsqd.core.TopologyEvent;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.List;

/** Makes, pauses, empties and deletes topics and channels, as somebody does over HTTP. */
final class Operator {
    private final World world;

    Operator(World world) {
        this.world = world;
    }

    void act() {
        TopicName name = world.any(world.topics);
        ChannelName channelName = world.any(world.channels);
        Node node = world.owner(name);
        node.touched.add(name);
        ModelTopic topic = node.model.topics.get(name);
        if (topic == null || world.oneIn(10)) {
            open(node, name, channelName);
            return;
        }
        ModelChannel channel = topic.channels.get(channelName);
        if (world.oneIn(8)) fillDisk(node, name);
        else if (channel == null) createChannel(node, topic, channelName);
        else if (world.oneIn(3)) changeTopic(node, topic);
        else changeChannel(node, channel);
    }

    /** As when the lookup nodes have said which channels a topic has; true for old topics too. */
    private void open(Node node, TopicName name, ChannelName channelName) {
        world.say("open %s with %s", name, channelName);
        if (world.oneIn(2)) {
            node.broker.createTopic(name);
            node.model.topic(name);
        }
        node.broker.open(name, List.of(channelName), world.nowNs);
        node.settle(name, world.nowNs);
        ModelTopic topic = node.model.topics.get(name);
        if (topic == null) return;
        node.model.channel(topic, channelName);
        topic.held = false;
        topic.drain(world.nowNs);
    }

    /** The log of a topic takes no more messages, or does so again. */
    private void fillDisk(Node node, TopicName name) {
        SimulatedLog log = node.logs.get(name);
        if (log == null) return;
        log.refusal = log.refusal == null && world.oneIn(2) ? "disk full" : null;
        world.say("the log of %s refuses: %s", name, log.refusal);
    }

    private void createChannel(Node node, ModelTopic topic, ChannelName channelName) {
        world.say("create %s:%s", topic.name, channelName);
        node.broker.createChannel(topic.name, channelName, world.nowNs);
        node.settle(topic.name, world.nowNs);
        node.model.channel(topic, channelName);
        topic.drain(world.nowNs);
    }

    private void changeTopic(Node node, ModelTopic topic) {
        int kind = world.random.nextInt(12);
        if (kind == 0) {
            world.say("delete %s", topic.name);
            node.broker.deleteTopic(topic.name);
            node.model.deleteTopic(topic);
        } else if (kind == 1) {
            world.say("empty %s", topic.name);
            node.broker.emptyTopic(topic.name);
            topic.backlog.clear();
        } else if (topic.paused) {
            unpause(node, topic);
        } else if (world.oneIn(4)) {
            world.say("pause %s", topic.name);
            node.broker.pauseTopic(topic.name, world.nowNs);
            node.model.events.add(new TopologyEvent.Changed(topic.name));
            topic.paused = true;
        }
    }

    private void unpause(Node node, ModelTopic topic) {
        world.say("unpause %s", topic.name);
        node.broker.unpauseTopic(topic.name, world.nowNs);
        node.settle(topic.name, world.nowNs);
        node.model.events.add(new TopologyEvent.Changed(topic.name));
        topic.paused = false;
        topic.drain(world.nowNs);
    }

    private void changeChannel(Node node, ModelChannel channel) {
        TopicName topic = channel.topic.name;
        int kind = world.random.nextInt(12);
        if (kind == 0) {
            world.say("delete %s", channel);
            node.broker.deleteChannel(topic, channel.name, world.nowNs);
            node.model.deleteChannel(channel);
        } else if (kind == 1) {
            world.say("empty %s", channel);
            node.broker.emptyChannel(topic, channel.name, world.nowNs);
            node.settle(topic, world.nowNs);
            channel.empty();
            world.tally.add(Happening.CHANNEL_EMPTIED);
        } else if (kind < 5) {
            new Hurry(world, node, channel).act();
        } else if (channel.paused) {
            unpause(node, channel);
        } else if (world.oneIn(4)) {
            world.say("pause %s", channel);
            node.broker.pauseChannel(topic, channel.name);
            node.model.events.add(new TopologyEvent.Changed(topic));
            channel.paused = true;
        }
    }

    private void unpause(Node node, ModelChannel channel) {
        world.say("unpause %s", channel);
        node.broker.unpauseChannel(channel.topic.name, channel.name, world.nowNs);
        node.settle(channel.topic.name, world.nowNs);
        node.model.events.add(new TopologyEvent.Changed(channel.topic.name));
        channel.paused = false;
        channel.dispatch(world.nowNs);
    }

    /** Ends all that holds messages back. */
    void release(Node node) {
        for (ModelTopic topic : List.copyOf(node.model.topics.values())) {
            node.touched.add(topic.name);
            if (!topic.name.isEphemeral()) node.logs.get(topic.name).refusal = null;
            open(node, topic.name, world.channels.get(0));
            unpause(node, topic);
            topic.channels.values().forEach(channel -> unpause(node, channel));
        }
    }
}
