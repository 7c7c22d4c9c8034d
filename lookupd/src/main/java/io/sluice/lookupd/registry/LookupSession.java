package io.sluice.lookupd.registry;

import static io.sluice.protocol.ErrorCode.E_INVALID;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.LookupCommand;
import java.util.function.Function;

/** One connection of a queue daemon: first it says who it is, then what it has. */
public final class LookupSession {
    private static final Bytes OK = Bytes.utf8("OK");

    private final Registry registry;
    private final String remoteAddress;
    private final Function<Bytes, Identity> identities;
    private final Bytes greeting;
    private Producer producer;

    /**
     * A connection that has not said anything yet.
     *
     * @param identities reads the body of IDENTIFY, or throws what the peer is told
     * @param greeting the answer to IDENTIFY
     */
    public LookupSession(
            Registry registry,
            String remoteAddress,
            Function<Bytes, Identity> identities,
            Bytes greeting) {
        this.registry = registry;
        this.remoteAddress = remoteAddress;
        this.identities = identities;
        this.greeting = greeting;
    }

    /** Says whether a command may come now, before anything else of it is looked at. */
    public void admit(String verb) {
        switch (verb) {
            case "IDENTIFY" -> {
                if (producer != null) throw E_INVALID.because("cannot IDENTIFY again");
            }
            case "REGISTER", "UNREGISTER" -> {
                if (producer == null) throw E_INVALID.because("client must IDENTIFY");
            }
            default -> {}
        }
    }

    /** Does what the command says and returns the answer. */
    public Bytes execute(LookupCommand command, long nowNs) {
        if (command instanceof LookupCommand.Register c) {
            registry.register(producer, c.topic(), c.channel());
        } else if (command instanceof LookupCommand.Unregister c) {
            registry.unregister(producer, c.topic(), c.channel());
        } else if (command instanceof LookupCommand.Identify c) {
            return identify(c, nowNs);
        } else if (producer != null) {
            producer.ping(nowNs);
        }
        return OK;
    }

    private Bytes identify(LookupCommand.Identify command, long nowNs) {
        producer = new Producer(remoteAddress, identities.apply(command.json()), nowNs);
        registry.add(producer);
        return greeting;
    }

    /** Who is connected; null before IDENTIFY. */
    public Producer producer() {
        return producer;
    }

    /** The connection is over. */
    public void close() {
        if (producer != null) registry.remove(producer);
    }
}
