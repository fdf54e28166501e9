using System.Diagnostics;
using Xunit;

namespace SkillMeat.Tests.Browser.Support;

/// <summary>Waits for what the service or the disk shows a moment later.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        for (var begun = Stopwatch.GetTimestamp(); !await condition();)
        {
            if (Stopwatch.GetElapsedTime(begun) > Longest) throw new TimeoutException($"It did not come true within {Longest.TotalSeconds} seconds.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
