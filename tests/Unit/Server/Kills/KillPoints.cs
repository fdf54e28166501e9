using System.Globalization;
using Xunit;

namespace SkillMeat.Tests.Server.Kills;

/// <summary>Chooses the steps of a request at which the service is killed.</summary>
internal static class KillPoints
{
    // A process takes half a second of processor time. With a number in the environment, every so many steps are tested.
    private static int? EveryNth => int.TryParse(Environment.GetEnvironmentVariable("SKILLMEAT_CRASH_EVERY"), CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Kills the service at the chosen steps.</summary>
    /// <returns>A line about the kills.</returns>
    public static async Task<string> RunAsync(KillPlace place, KilledRequest request)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        var seed = request.Name.Aggregate(16, (hash, character) => (hash * 31) + character);
        var (steps, kills, settled) = await new KillRun(place, request).RunAsync(count => Choose(count, new Random(seed)));
        return $"{request.Name}: {steps} steps, {kills} kills, {settled} of them in the middle of a change (seed {seed})";
    }

    private static IEnumerable<int> Choose(int count, Random random)
    {
        // Numbers beyond the last step stand for times.
        if (count == 0) return [1 + random.Next(1, 30), 0];
        return EveryNth is { } nth ? Enumerable.Range(0, count + 1).Where(step => step % nth == 0 || step == 1 || step == count) : new[] { random.Next(2) == 0 ? 1 : count, random.Next(1, count + 1), 0 }.Distinct();
    }
}
