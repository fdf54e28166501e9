using System.Diagnostics;
using System.Text;
using SkillMeat.Storage;
using Xunit;

namespace SkillMeat.Tests.Storage;

public sealed class ConsistentReadTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Readers_never_see_half_a_change_while_other_processes_write_in_a_loop()
    {
        using var home = new TempHome();
        File.WriteAllText(home.At("one"), "0-1");
        File.WriteAllText(home.At("two"), "0-1");
        using var first = HostProcess.Start("toggle", home.Path, "60");
        using var second = HostProcess.Start("toggle", home.Path, "60");
        Assert.Equal("started", await first.Output.ReadLineAsync(Cancellation));
        Assert.Equal("started", await second.Output.ReadLineAsync(Cancellation));
        var storage = new HomeStorage(home.Path, TimeProvider.System, Random.Shared);
        var states = new HashSet<string>();
        var reads = 0;
        var longest = TimeSpan.Zero;
        for (var end = Stopwatch.GetTimestamp() + (30 * Stopwatch.Frequency); Stopwatch.GetTimestamp() < end && (states.Count < 60 || reads < 1000); reads++)
        {
            var started = Stopwatch.GetTimestamp();
            states.Add(CheckState(storage.ReadConsistent([home.At("two"), home.At("three"), home.At("one")], Cancellation)));
            longest = Stopwatch.GetElapsedTime(started) > longest ? Stopwatch.GetElapsedTime(started) : longest;
        }

        await first.KillAsync(Cancellation);
        await second.KillAsync(Cancellation);
        Assert.Null(storage.Recover(Cancellation).Problem);
        CheckState(storage.ReadConsistent([home.At("two"), home.At("three"), home.At("one")], Cancellation));
        Assert.DoesNotContain(".skm-", home.Tree(), StringComparison.Ordinal);
        Assert.True(states.Count >= 60 && reads >= 1000, $"{reads} reads saw {states.Count} states only");
        output.WriteLine($"{reads} reads saw {states.Count} states, the longest took {longest.TotalMilliseconds:0.0} ms");
    }

    [Fact]
    public async Task A_transaction_in_between_makes_the_reader_start_again()
    {
        using var home = new TempHome();
        var storage = new HomeStorage(home.Path, TimeProvider.System, Random.Shared);
        using var held = await storage.LockAsync(["home"], TimeSpan.Zero, Cancellation);
        for (var round = 0; round < 20; round++)
        {
            var text = Encoding.UTF8.GetBytes($"1-{round}");
            var transaction = storage.Begin(held);
            transaction.Write(home.At("one"), text);
            transaction.Write(home.At("two"), text);
            var reader = Task.Run(() => Enumerable.Range(0, 200).Select(_ => storage.ReadConsistent([home.At("one"), home.At("two")], Cancellation)).ToList(), Cancellation);
            transaction.Commit(Cancellation);
            Assert.All(await reader, contents => Assert.Equal(contents[0], contents[1]));
        }
    }

    [Fact]
    public void Files_that_are_not_there_are_null()
    {
        using var home = new TempHome();
        File.WriteAllText(home.At("empty"), "");
        var contents = new HomeStorage(home.Path, TimeProvider.System, Random.Shared).ReadConsistent([home.At("missing"), home.At("empty"), home.At("no", "folder")], Cancellation);
        Assert.Null(contents[0]);
        Assert.Equal(0, contents[1]?.Length);
        Assert.Null(contents[2]);
    }

    private static string CheckState(IReadOnlyList<byte[]?> contents)
    {
        var texts = contents.Select(content => content is null ? null : Encoding.UTF8.GetString(content)).ToList();
        Assert.Equal(texts[0], texts[2]);
        var isEven = (texts[0]![^1] - '0') % 2 == 0;
        Assert.Equal(isEven ? texts[0] : null, texts[1]);
        return texts[0]!;
    }
}
