using System.Globalization;
using System.Text;
using SkillMeat.Storage;
using SkillMeat.Storage.Journal;
using SkillMeat.Tests.CrashHost;

// The program that tests start as another process: transact|recover HOME STEP [REFUSED]; transact-outside|sync PLACE STEP; hold HOME NAME; count HOME TIMES; work HOME MILLISECONDS; toggle HOME SECONDS;
// add|collect HOME STEP, add-many HOME FIRST COUNT (objects); operate HOME STEP OPERATION UPSTREAM;
// add-one|snapshot-one HOME NUMBER UPSTREAM, mix HOME NUMBER UPSTREAM TIMES, cache HOME NUMBER MILLISECONDS, cache-noise|market HOME MILLISECONDS, cache-open HOME FILE, cache-lease HOME, large HOME MEGABYTES UPSTREAM; serve HOME.
var home = args[1];
var storage = new HomeStorage(home, TimeProvider.System, Random.Shared);
var patience = TimeSpan.FromSeconds(60);

switch (args[0])
{
    case "transact":
        await Scenario.RunAsync(home, new DyingFaults(Number(), args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 0), CancellationToken.None);
        return 0;
    case "transact-outside":
        await OutsideScenario.RunAsync(home, new DyingFaults(Number()), CancellationToken.None);
        return 0;
    case "sync":
        await SyncScenario.RunAsync(home, new DyingFaults(Number()), CancellationToken.None);
        return 0;
    case "recover":
        return new HomeStorage(home, TimeProvider.System, Random.Shared, new DyingFaults(Number())).Recover().Problem is null ? 0 : 1;
    case "hold":
        using (await storage.LockAsync([args[2]], patience, CancellationToken.None))
        {
            Console.WriteLine("held");
            await Console.In.ReadLineAsync();
        }

        return 0;
    case "count":
        for (var left = Number(); left > 0; left--) await CountAsync();
        return 0;
    case "work":
        using (await storage.LockAsync([Scenario.Second], patience, CancellationToken.None)) await Task.Delay(Number());
        return 0;
    case "toggle":
        await ToggleAsync(TimeSpan.FromSeconds(Number()));
        return 0;
    case "add":
        ObjectScenario.Add(home, new DyingFaults(Number()), ObjectScenario.Fresh);
        return 0;
    case "collect":
        ObjectScenario.Collect(home, new DyingFaults(Number()));
        return 0;
    case "add-many":
        Console.WriteLine("started");
        for (var number = Number(); number < Number() + int.Parse(args[3], CultureInfo.InvariantCulture); number++) ObjectScenario.Add(home, null, number);
        return 0;
    case "operate":
        await new OperationScenario(home, args[4], new DyingFaults(Number())).RunAsync(args[3], CancellationToken.None);
        return 0;
    case "add-one":
        await new BusyScenario(home, args[3], Number()).AddAsync();
        return 0;
    case "snapshot-one":
        await new BusyScenario(home, args[3], Number()).SnapshotAsync();
        return 0;
    case "mix":
        await new BusyScenario(home, args[3], Number()).MixAsync(int.Parse(args[4], CultureInfo.InvariantCulture));
        return 0;
    case "cache":
        return CacheScenario.Run(home, Number(), TimeSpan.FromMilliseconds(int.Parse(args[3], CultureInfo.InvariantCulture)));
    case "cache-noise":
        return CacheNoiseScenario.Run(home, TimeSpan.FromMilliseconds(Number()));
    case "cache-open":
        return CacheScenario.Open(home, args[2]);
    case "cache-lease":
        return CacheScenario.Lease(home);
    case "market":
        return await MarketScenario.RunAsync(home, TimeSpan.FromMilliseconds(Number()));
    case "large":
        Console.WriteLine(await new LargeScenario(home, args[3], Number()).RunAsync());
        return 0;
    case "serve":
        await ServiceScenario.RunAsync(home);
        return 0;
    default:
        return 64;
}

int Number() => int.Parse(args[2], CultureInfo.InvariantCulture);

async Task CountAsync()
{
    var (one, two) = (Path.Combine(home, "one"), Path.Combine(home, "two"));
    using var held = await storage.LockAsync([Scenario.First], patience, CancellationToken.None);
    var before = storage.ReadConsistent([one, two]);
    var next = Encoding.UTF8.GetBytes((int.Parse(Encoding.UTF8.GetString(before[0]!), CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture));
    var transaction = storage.Begin(held);
    transaction.Write(one, next, FileExpectation.Of(before[0]));
    transaction.Write(two, next, FileExpectation.Of(before[1]));
    transaction.Commit(CancellationToken.None);
}

// Switches between two states that differ in every file, so that every mixture is visible; one file exists only in one of them.
async Task ToggleAsync(TimeSpan time)
{
    Console.WriteLine("started");
    var end = DateTime.UtcNow + time;
    for (var round = 0; DateTime.UtcNow < end; round++)
    {
        using var held = await storage.LockAsync([Scenario.First], patience, CancellationToken.None);
        var transaction = storage.Begin(held);
        var text = Encoding.UTF8.GetBytes($"{Environment.ProcessId}-{round}");
        transaction.Write(Path.Combine(home, "one"), text);
        transaction.Write(Path.Combine(home, "two"), text);
        if (round % 2 == 0) transaction.Write(Path.Combine(home, "three"), text);
        else transaction.Delete(Path.Combine(home, "three"));
        transaction.Commit(CancellationToken.None);
    }
}
