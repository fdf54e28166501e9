using System.Globalization;
using SkillMeat.Collections;
using SkillMeat.Server.Hosting;

namespace SkillMeat.Tests.CrashHost;

/// <summary>A service that dies before a step of a request. It prints its address and its token; the number of the step comes as a line of its input, and is counted from then on.</summary>
internal static class ServiceScenario
{
    public static async Task RunAsync(string home)
    {
        var faults = new ArmedFaults();
        await using var server = await SkmServer.StartAsync(
            new ServerOptions
            {
                Home = home,
                Port = 0,
                Environment = _ => null,
                Time = new FixedTime(),
                Log = Console.Error,
                OpenHome = (path, time) => CollectionStore.Open(path, time, faults),
            },
            CancellationToken.None).ConfigureAwait(false);
        Console.WriteLine($"{server.Ready.Url} {server.Ready.Token}");
        while (await Console.In.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            faults.Arm(int.Parse(line, CultureInfo.InvariantCulture));
            Console.WriteLine("armed");
        }
    }
}
