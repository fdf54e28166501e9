using SkillMeat.Errors;

namespace SkillMeat.Upstream.Http;

/// <summary>The limits of what a server may send. Each is far above what honest servers of artifacts send, and an error names it and the key in <c>[limits]</c> of <c>config.toml</c> that raises it.</summary>
/// <remarks>Immutable.</remarks>
public sealed record UpstreamLimits
{
    /// <summary>The length of an answer that is read as a whole, such as JSON, after its decompression. Default 32 MiB.</summary>
    public int AnswerBytes { get; init; } = 32 << 20;

    /// <summary>The number of names and values in a JSON answer. Default 3 million.</summary>
    public int AnswerValues { get; init; } = 3_000_000;

    /// <summary>The number of lines with capabilities of a git server. Default 1,000.</summary>
    public int Capabilities { get; init; } = 1_000;

    /// <summary>The number of branches, tags and other refs that a git server lists. Default 500,000.</summary>
    public int Refs { get; init; } = 500_000;

    /// <summary>The number of objects in a git pack. Default 1 million.</summary>
    public int PackObjects { get; init; } = 1_000_000;

    /// <summary>The length of a git pack, in mebibytes. Default 4,096.</summary>
    public int PackMebibytes { get; init; } = 4096;

    /// <summary>The length of a file in a git pack, and of the delta that makes it, in bytes. Default 64 MiB.</summary>
    public int ObjectBytes { get; init; } = 64 << 20;

    /// <summary>The number of files and folders in the archive of a repository, and of the files of an artifact with those that its links lead to. Default 100,000.</summary>
    public int ArchiveMembers { get; init; } = 100_000;

    /// <summary>The length of an archive after its decompression, in mebibytes. Default 2,048.</summary>
    public int ArchiveMebibytes { get; init; } = 2048;

    /// <summary>The whole time of one attempt at a request, however steadily the answer comes, in seconds. Default 1,800, at least <see cref="UpstreamOptions.Timeout"/>.</summary>
    public int RequestSeconds { get; init; } = 1800;

    internal TimeSpan RequestTime => TimeSpan.FromSeconds(RequestSeconds);

    /// <summary>Returns the limits with those that a configuration states.</summary>
    /// <param name="stated">Returns the value of a key, or null.</param>
    internal UpstreamLimits With(Func<string, int?> stated) => new()
    {
        AnswerBytes = stated("answer-bytes") ?? AnswerBytes,
        AnswerValues = stated("answer-values") ?? AnswerValues,
        Capabilities = stated("capabilities") ?? Capabilities,
        Refs = stated("refs") ?? Refs,
        PackObjects = stated("pack-objects") ?? PackObjects,
        PackMebibytes = stated("pack-mebibytes") ?? PackMebibytes,
        ObjectBytes = stated("object-bytes") ?? ObjectBytes,
        ArchiveMembers = stated("archive-members") ?? ArchiveMembers,
        ArchiveMebibytes = stated("archive-mebibytes") ?? ArchiveMebibytes,
        RequestSeconds = stated("request-seconds") ?? RequestSeconds,
    };

    /// <summary>The error for an answer that exceeds a limit.</summary>
    /// <param name="what">The request.</param>
    /// <param name="limit">The limit, such as <c>1000 bytes</c>.</param>
    /// <param name="key">The key in <c>[limits]</c>.</param>
    internal static UpstreamException Exceeded(string what, string limit, string key) =>
        new(ErrorIds.UpstreamUnavailable, $"{what}: the answer has more than {limit}, the limit for it ('{key}' under [limits] in config.toml).") { IsOverLimit = true };

    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: a limit is below 1.</exception>
    internal void Validate()
    {
        foreach (var (value, name) in new[]
        {
            (AnswerBytes, nameof(AnswerBytes)), (AnswerValues, nameof(AnswerValues)), (Capabilities, nameof(Capabilities)), (Refs, nameof(Refs)), (PackObjects, nameof(PackObjects)),
            (PackMebibytes, nameof(PackMebibytes)), (ObjectBytes, nameof(ObjectBytes)), (ArchiveMembers, nameof(ArchiveMembers)), (ArchiveMebibytes, nameof(ArchiveMebibytes)), (RequestSeconds, nameof(RequestSeconds)),
        })
        {
            if (value < 1) throw new SkillMeatException(ErrorIds.InvalidArgument, FormattableString.Invariant($"{name} must be at least 1, not {value}."));
        }
    }
}
