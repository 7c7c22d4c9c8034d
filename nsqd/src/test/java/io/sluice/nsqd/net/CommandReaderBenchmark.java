package io.sluice.nsqd.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.protocol.BodyArrays;
import io.sluice.protocol.Command;
import io.sluice.protocol.CommandEncoder;
import io.sluice.protocol.Limits;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What it costs to read one message's commands, and nothing else. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CommandReaderBenchmark {
    private static final int MESSAGES = 200;
    private static final Limits LIMITS = new Limits(1 << 20, 5 << 20, 2_500, 3_600_000);

    private final CommandReader reader = new CommandReader(LIMITS, false, BodyArrays.NEW);
    private ByteBuf mpub;
    private ByteBuf pubs;

    @Setup
    public void connect() {
        HotPath path = new HotPath();
        mpub = direct(path.mpub(MESSAGES, 200));
        pubs = direct(path.pubs(MESSAGES, 100));
        reader.inflow().add(ByteBuffer.wrap(CommandEncoder.MAGIC.toArray()));
        reader.readMagic();
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void messageOfAnMpubOf200Bytes(Blackhole commands) {
        read(mpub, commands);
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void pubOf100Bytes(Blackhole commands) {
        read(pubs, commands);
    }

    private void read(ByteBuf bytes, Blackhole commands) {
        reader.inflow().add(bytes.nioBuffer());
        Command command;
        while ((command = reader.next()) != null) {
            commands.consume(command);
            reader.admission().taken(command);
        }
    }

    private static ByteBuf direct(byte[] bytes) {
        return Unpooled.directBuffer(bytes.length).writeBytes(bytes);
    }
}
