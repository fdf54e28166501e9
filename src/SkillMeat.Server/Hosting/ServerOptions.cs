using System.Net;
using System.Security.Cryptography.X509Certificates;
using SkillMeat.Collections;
using SkillMeat.Storage;
using SkillMeat.Upstream;

namespace SkillMeat.Server.Hosting;

/// <summary>The options of a <see cref="SkmServer"/>.</summary>
internal sealed record ServerOptions
{
    /// <summary>The port that is taken unless another is asked for. If it is in use, any free one is.</summary>
    public const int UsualPort = 4780;

    /// <summary>The path of the home, which is created if it does not exist.</summary>
    public required string Home { get; init; }

    /// <summary>The port; 0 for any free one; null for the usual one.</summary>
    public int? Port { get; init; }

    /// <summary>The address to listen on.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Further names under which the service may be called, such as that of the machine, with or without a port.</summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>The certificate for TLS, or null for none.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Whether to listen without TLS where others can read along.</summary>
    public bool IsInsecure { get; init; }

    /// <summary>Whether nobody but this machine can read along, or the user wants it so.</summary>
    public bool IsSafe => IPAddress.IsLoopback(Address) || Certificate is not null || IsInsecure;

    /// <summary>Reads an environment variable.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Opens the home. A test can pass one that fails.</summary>
    public Func<string, TimeProvider, CollectionStore> OpenHome { get; init; } = (home, time) => CollectionStore.Open(home, time);

    /// <summary>The options of the connections to upstream.</summary>
    public UpstreamSessionOptions Upstream { get; init; } = new();

    /// <summary>The time that a change waits for another process.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(WaitSeconds.ForLock);

    /// <summary>Whether the service refreshes the home in the background.</summary>
    public bool Refreshes { get; init; }

    /// <summary>Shows a line about the service where its manager shows it. Called from any thread.</summary>
    public Action<string> ShowStatus { get; init; } = _ => { };

    /// <summary>Receives the log.</summary>
    public required TextWriter Log { get; init; }

    /// <summary>Whether a program started the service, and nobody watches: the log goes to a file in the home, and the service ends if another one of the home runs that will do as well.</summary>
    public bool IsDetached { get; init; }

    /// <summary>Whether the log has JSON lines.</summary>
    public bool LogsJson { get; init; }

    /// <summary>Whether each request is logged.</summary>
    public bool LogsRequests { get; init; }
}
