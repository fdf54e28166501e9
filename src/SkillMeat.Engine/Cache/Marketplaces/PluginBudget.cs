using System.Globalization;
using SkillMeat.Browsing;
using SkillMeat.Errors;

namespace SkillMeat.Cache.Marketplaces;

/// <summary>The rest of the limits of an update.</summary>
/// <param name="limits">The limits.</param>
/// <param name="time">The clock.</param>
/// <remarks>Not thread-safe.</remarks>
internal sealed class PluginBudget(PluginLimits limits, TimeProvider time)
{
    // A list names the id, the kind and the size of each file beside its path.
    private const int BytesBesidePath = 100;

    // Timers count in steps of the system, and one that fires too early would find that there is time left.
    private static readonly TimeSpan _coarseness = TimeSpan.FromMilliseconds(50);

    private readonly long _started = time.GetTimestamp();
    private int _repositories;
    private long _bytes;
    private int _artifacts;

    /// <summary>The number of repositories that can still be listed.</summary>
    public int Repositories => Math.Max(0, limits.Repositories - _repositories);

    /// <summary>The reason that nothing more is listed, or null.</summary>
    public SkillMeatException? Spent =>
        !HasTime ? LeftOut(string.Create(CultureInfo.InvariantCulture, $"which took {limits.Time.TotalMinutes:0.##} minutes for others"))
        : Repositories == 0 ? LeftOut(string.Create(CultureInfo.InvariantCulture, $"which listed {limits.Repositories} others"))
        : _bytes >= limits.ListBytes ? LeftOut(string.Create(CultureInfo.InvariantCulture, $"which read {limits.ListBytes >> 20} MB of lists of others"))
        : _artifacts >= limits.Artifacts ? TooManyArtifacts()
        : null;

    /// <summary>Whether there is time left.</summary>
    public bool HasTime => Remaining > TimeSpan.Zero;

    private TimeSpan Remaining => limits.Time - time.GetElapsedTime(_started);

    /// <summary>Counts repositories that are about to be listed.</summary>
    public void CountRepositories(int number) => _repositories += number;

    /// <summary>Counts a list.</summary>
    public void Count(Listing listing) => _bytes += listing.Items.Sum(item => (long)item.Path.Length + BytesBesidePath);

    /// <summary>Counts artifacts of a repository, if they are not too many.</summary>
    /// <returns>The reason that they are too many, or null.</returns>
    public SkillMeatException? CountArtifacts(int number)
    {
        if (number > limits.Artifacts) return new SkillMeatException(ErrorIds.InvalidData, string.Create(CultureInfo.InvariantCulture, $"its repository has more than {limits.Artifacts} artifacts"));
        if (number > limits.Artifacts - _artifacts) return TooManyArtifacts();
        _artifacts += number;
        return null;
    }

    /// <summary>Returns a source of cancellation that fires when there is no time left.</summary>
    public CancellationTokenSource StartTimer() => new(HasTime ? Remaining + _coarseness : TimeSpan.Zero, time);

    private SkillMeatException TooManyArtifacts() => LeftOut(string.Create(CultureInfo.InvariantCulture, $"which found {_artifacts} artifacts in others"));

    private static SkillMeatException LeftOut(string reason) => new(ErrorIds.InvalidData, $"its repository was left out of this update, {reason}. The next update goes on with it");
}
