namespace SkillMeat.Cache;

/// <summary>The options of a <see cref="HomeCache"/>.</summary>
/// <remarks>Immutable.</remarks>
public sealed record HomeCacheOptions
{
    /// <summary>Reads an environment variable, such as <c>SKILLMEAT_CACHE</c>; by default one of this process.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Called with a one-line warning when the file of the cache cannot be used, from any thread. An exception of it is ignored.</summary>
    public Action<string> Report { get; init; } = _ => { };
}
