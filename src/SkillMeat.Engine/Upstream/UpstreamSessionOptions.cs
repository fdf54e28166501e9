using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream;

/// <summary>How an <see cref="UpstreamSession"/> asks.</summary>
/// <remarks>Immutable.</remarks>
public sealed record UpstreamSessionOptions
{
    /// <summary>Patience and parallelism. Its token is the one that was given as a parameter; where it has none, the environment, the configuration and <c>gh</c> are asked.</summary>
    public UpstreamOptions Http { get; init; } = new();

    /// <summary>Reads an environment variable; the process's by default.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Sends requests; null for the real network. It must not follow redirects itself, and stays the caller's to dispose.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>Told, in a line, what is done and why: retries, where the token came from. Never told a token.</summary>
    public Action<string> Report { get; init; } = _ => { };
}
