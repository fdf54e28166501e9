using System.Globalization;

namespace SkillMeat.Errors;

/// <summary>Another process held a lock for longer than the caller was willing to wait. Nothing was changed.</summary>
public sealed class LockTimeoutException : SkillMeatException
{
    /// <summary>Creates an error that names the locked resource, the process that holds it, and the time waited.</summary>
    /// <param name="resource">The locked resource, such as <c>collection 'default'</c>.</param>
    /// <param name="waited">The time that the caller waited.</param>
    /// <param name="holder">The process that holds the lock, such as <c>skm (process 4711 on HOST) since 2026-01-01T00:00:00Z</c>, or null if it is unknown.</param>
    public LockTimeoutException(string resource, TimeSpan waited, string? holder)
        : base(ErrorIds.LockTimeout, string.Create(CultureInfo.InvariantCulture, $"{resource} is locked by {holder ?? "another process"}; waited {waited.TotalSeconds:0.#} s. Try again later."))
    {
        Resource = resource;
        Waited = waited;
        Holder = holder;
    }

    /// <summary>Creates the same error with a sentence more.</summary>
    internal LockTimeoutException(LockTimeoutException cause, string hint)
        : base(ErrorIds.LockTimeout, $"{cause.Message} {hint}", cause)
    {
        (Resource, Waited, Holder) = (cause.Resource, cause.Waited, cause.Holder);
    }

    /// <summary>The locked resource.</summary>
    public string Resource { get; }

    /// <summary>The time that the caller waited.</summary>
    public TimeSpan Waited { get; }

    /// <summary>The process that holds the lock, or null if it is unknown.</summary>
    public string? Holder { get; }
}
