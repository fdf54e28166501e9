using System.Collections.Concurrent;
using System.Globalization;
using SkillMeat.Objects;
using SkillMeat.Objects.Maintenance;
using SkillMeat.Storage;
using SkillMeat.Tests.CrashHost;
using SkillMeat.Tests.Storage;
using Xunit;

namespace SkillMeat.Tests.Objects;

public sealed class ObjectCrashTests(ITestOutputHelper output)
{
    private static readonly ParallelOptions _twoAtOnce = new() { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_writer_that_dies_before_any_step_loses_nothing_and_leaves_nothing_bad()
    {
        using var model = new ObjectHome();
        ObjectScenario.Prepare(model.Path);
        var faults = new Faults();
        var added = ObjectScenario.Add(model.Path, faults, ObjectScenario.Fresh);
        var outcomes = new ConcurrentDictionary<int, bool>();
        await Parallel.ForEachAsync(Enumerable.Range(1, faults.Steps.Count), _twoAtOnce, async (step, cancellation) =>
        {
            using var home = new ObjectHome();
            var trees = ObjectScenario.Prepare(home.Path);
            Assert.NotEqual(0, await HostProcess.RunAsync(cancellation, "add", home.Path, Text(step)));
            CheckAll(home, trees, $"died before step {step} ({faults.Steps[step - 1]})");
            outcomes[step] = home.Open().Contains(added);
            if (outcomes[step]) CheckAll(home, [added], $"died before step {step}");
            Assert.InRange(Leftovers(home).Count, 0, 1);

            // The next writer finishes the work of the first one, and removes its leftovers.
            Assert.Equal(added, ObjectScenario.Add(home.Path, null, ObjectScenario.Fresh));
            ObjectScenario.Add(home.Path, null, ObjectScenario.Fresh + 1);
            CheckAll(home, [.. trees, added], $"added again after step {step}");
            Assert.Empty(Directory.GetFiles(home.Packs, "*.tmp"));
        });
        var firstSeen = outcomes.Where(one => one.Value).Min(one => one.Key);
        Assert.All(outcomes, one => Assert.Equal(one.Key >= firstSeen, one.Value));
        Assert.Equal(StorageStep.Rename, faults.Steps[firstSeen - 2].Step);
        output.WriteLine($"{faults.Steps.Count} crash points, seen from step {firstSeen} on");
        Assert.True(faults.Steps.Count >= 18, string.Join(' ', faults.Steps.Select(one => one.Step)));
    }

    [Fact]
    public async Task A_collector_that_dies_before_any_step_loses_nothing_that_is_needed()
    {
        using var model = new ObjectHome();
        ObjectScenario.Prepare(model.Path);
        var faults = new Faults();
        var report = ObjectScenario.Collect(model.Path, faults);
        Assert.Equal((11, 1), (report.PacksDeleted, report.PacksWritten));
        await Parallel.ForEachAsync(Enumerable.Range(1, faults.Steps.Count), _twoAtOnce, async (step, cancellation) =>
        {
            using var home = new ObjectHome();
            ObjectScenario.Prepare(home.Path);
            var roots = ObjectScenario.Roots(home.Open());
            Assert.NotEqual(0, await HostProcess.RunAsync(cancellation, "collect", home.Path, Text(step)));
            CheckAll(home, roots, $"died before step {step} ({faults.Steps[step - 1]})");

            // The next collection continues from there, with the same result.
            new ObjectCollector(home.Open()).Collect(roots, cancellation);
            CheckAll(home, roots, $"collected again after step {step}");
            Assert.Empty(Directory.GetFiles(home.Packs, "*.tmp"));
            Assert.Equal(model.PackFiles().Select(Path.GetFileName), home.PackFiles().Select(Path.GetFileName));
        });
        output.WriteLine($"{faults.Steps.Count} crash points");
        Assert.True(faults.Steps.Count >= 18, string.Join(' ', faults.Steps.Select(one => one.Step)));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_step_that_the_file_system_refuses_loses_nothing_and_leaves_nothing_bad(bool isFull, bool everAfter)
    {
        var tried = 0;
        foreach (var work in new Action<string, IStorageFaults?>[] { (home, faults) => ObjectScenario.Add(home, faults, ObjectScenario.Fresh), (home, faults) => ObjectScenario.Collect(home, faults) })
        {
            using var healthy = new ObjectHome();
            ObjectScenario.Prepare(healthy.Path);
            var steps = new Faults();
            work(healthy.Path, steps);
            for (var step = 1; step <= steps.Steps.Count; step++)
            {
                using var home = new ObjectHome();
                ObjectScenario.Prepare(home.Path);
                var roots = ObjectScenario.Roots(home.Open());
                var failing = step;
                var error = Record.Exception(() => work(home.Path, new Faults((number, _, _) =>
                {
                    if (number == failing || (everAfter && number > failing)) throw isFull ? Faults.DiskFull : Faults.Denied;
                })));
                if (error is not null)
                {
                    Assert.Contains(isFull ? "the disk is full" : "permission denied", Assert.IsType<Errors.StorageException>(error).Message, StringComparison.Ordinal);
                    Assert.DoesNotContain('\n', error.Message);
                }

                CheckAll(home, roots, $"refused step {step} ({steps.Steps[step - 1]})");
                Assert.InRange(Directory.GetFiles(home.Packs, "*.tmp").Length, 0, everAfter ? 1 : 0);
                work(home.Path, null);
                CheckAll(home, roots, $"done again after step {step}");
                tried++;
            }
        }

        output.WriteLine($"{tried} refused steps");
    }

    [Fact]
    public void A_session_that_met_an_error_can_not_be_committed()
    {
        using var home = new ObjectHome();
        var store = new ObjectStore(home.Path, Random.Shared, new Faults((_, step, _) =>
        {
            if (step == StorageStep.WriteFile) throw Faults.DiskFull;
        }));
        using var writer = store.BeginWrite();
        Assert.Throws<Errors.StorageException>(() => writer.AddBlob(ModelFolder.Bytes(new Random(1), 200_000)));
        Assert.Throws<Errors.StorageException>(() => writer.AddBlob("x"u8));
        Assert.Throws<Errors.StorageException>(writer.Commit);
    }

    [Fact]
    public void A_writer_does_not_take_away_what_another_one_is_writing()
    {
        using var home = new ObjectHome();
        using var slow = home.Open().BeginWrite();
        var large = slow.AddBlob(ModelFolder.Bytes(new Random(1), 300_000));
        Assert.Single(Directory.GetFiles(home.Packs, "*.tmp"));
        ObjectScenario.Add(home.Path, null, 1);
        Assert.Single(Directory.GetFiles(home.Packs, "*.tmp"));
        slow.Commit();
        Assert.Equal(300_000, home.Open().ReadBlob(large).Length);
    }

    [Fact]
    public async Task Processes_and_threads_that_add_and_read_at_once_lose_nothing()
    {
        using var home = new ObjectHome();
        var store = home.Open();

        // Each range overlaps the next, so that the same objects come from two sides.
        var hosts = new[] { "0", "10", "20" }.Select(first => HostProcess.Start("add-many", home.Path, first, "25")).ToList();
        var read = 0;
        using (var own = store.BeginWrite())
        {
            var tree = ObjectScenario.AddTree(own, 5);
            await Parallel.ForEachAsync(Enumerable.Range(100, 20), _twoAtOnce, (number, _) =>
            {
                using var writer = store.BeginWrite();
                var added = ObjectScenario.AddTree(writer, number);
                writer.Commit();
                Interlocked.Add(ref read, ModelFolder.Read(store, added).Paths.Count);
                return ValueTask.CompletedTask;
            });
            own.Commit();
            read += ModelFolder.Read(store, tree).Paths.Count;
        }

        foreach (var host in hosts)
        {
            Assert.Equal(0, await host.WaitAsync(Cancellation));
            host.Dispose();
        }

        using var ids = store.BeginWrite();
        var trees = Enumerable.Range(0, 45).Concat(Enumerable.Range(100, 20)).Select(number => ObjectScenario.AddTree(ids, number)).ToList();
        CheckAll(home, trees, "all added");

        // The store that was open all the time sees what the processes added.
        Assert.All(trees, tree => Assert.NotEmpty(store.ReadTree(tree)));
        Assert.Empty(Directory.GetFiles(home.Packs, "*.tmp"));
        Assert.True(read > 0);
    }

    private static void CheckAll(ObjectHome home, IEnumerable<ObjectId> trees, string situation)
    {
        var report = new ObjectVerifier(home.Open()).Verify(trees.Select(tree => ("tree", tree)), Cancellation);
        Assert.True(report.Problems.Count == 0, $"{situation}: {string.Join('\n', report.Problems)}");
    }

    private static List<string> Leftovers(ObjectHome home) => [.. Directory.GetFiles(home.Path, "*.tmp", SearchOption.AllDirectories)];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
