using System.Globalization;

namespace SkillMeat.Errors;

/// <summary>Another process held a lock for longer than the caller wanted to wait. Nothing was changed.</summary>
public sealed class LockTimeoutException : SkillMeatException
{
    /// <summary>Makes an error that says what is locked, by whom, and how long the caller waited.</summary>
    /// <param name="resource">What is locked, such as <c>collection 'default'</c>.</param>
    /// <param name="waited">How long the caller waited.</param>
    /// <param name="holder">Who holds it, such as <c>skm (process 4711 on HOST) since 2026-01-01T00:00:00Z</c>; null when that can't be told.</param>
    public LockTimeoutException(string resource, TimeSpan waited, string? holder)
        : base(ErrorIds.LockTimeout, string.Create(CultureInfo.InvariantCulture, $"{resource} is locked by {holder ?? "another process"}; waited {waited.TotalSeconds:0.#} s. Try again later."))
    {
        Resource = resource;
        Waited = waited;
        Holder = holder;
    }

    /// <summary>What is locked.</summary>
    public string Resource { get; }

    /// <summary>How long the caller waited.</summary>
    public TimeSpan Waited { get; }

    /// <summary>Who holds the lock; null when that can't be told.</summary>
    public string? Holder { get; }
}
