namespace SkillMeat.Errors;

/// <summary>The stable ids of the engine's errors. An id never changes its meaning; scripts may compare with it.</summary>
public static class ErrorIds
{
    /// <summary>An argument can't be used: an unknown type or field, a bad name, a value out of range.</summary>
    public const string InvalidArgument = "InvalidArgument";

    /// <summary>There is no home at the folder that was named.</summary>
    public const string HomeNotFound = "HomeNotFound";

    /// <summary>The home has no such collection.</summary>
    public const string CollectionNotFound = "CollectionNotFound";

    /// <summary>A collection of that name is there already.</summary>
    public const string CollectionExists = "CollectionExists";

    /// <summary>The collection has no such artifact, or several that fit.</summary>
    public const string ArtifactNotFound = "ArtifactNotFound";

    /// <summary>What should be an artifact is none: no manifest file, front matter that can't be read, a bad name.</summary>
    public const string ArtifactInvalid = "ArtifactInvalid";

    /// <summary>The collection has no such snapshot.</summary>
    public const string SnapshotNotFound = "SnapshotNotFound";

    /// <summary>A snapshot's bytes are not what was stored.</summary>
    public const string SnapshotCorrupt = "SnapshotCorrupt";

    /// <summary>An archive is cut, damaged, too large, or has a member that would be written outside its folder.</summary>
    public const string ArchiveRefused = "ArchiveRefused";

    /// <summary>A file is not valid TOML or not UTF-8.</summary>
    public const string InvalidToml = "InvalidToml";

    /// <summary>A file is valid TOML, but not what SkillMeat stores: a missing key, a wrong type, two artifacts with one id.</summary>
    public const string InvalidData = "InvalidData";

    /// <summary>Another process holds the collection's lock for longer than the caller wanted to wait.</summary>
    public const string LockTimeout = "LockTimeout";

    /// <summary>The file system refused: disk full, no permission, read-only, a file in use.</summary>
    public const string StorageFailed = "StorageFailed";

    /// <summary>A change was interrupted after its point of no return and could not be finished yet; the next open tries again.</summary>
    public const string RecoveryPending = "RecoveryPending";

    /// <summary>A collection changed between reading and writing, again and again.</summary>
    public const string ConcurrentChange = "ConcurrentChange";

    /// <summary>An object of the store is not the bytes that were stored: a damaged pack.</summary>
    public const string ObjectCorrupt = "ObjectCorrupt";

    /// <summary>The store does not hold an object that something else names.</summary>
    public const string ObjectMissing = "ObjectMissing";

    /// <summary>Upstream could not be reached or did not answer properly after all retries.</summary>
    public const string UpstreamUnavailable = "UpstreamUnavailable";

    /// <summary>Upstream says there is no such repository, or it is not visible with this token.</summary>
    public const string UpstreamNotFound = "UpstreamNotFound";

    /// <summary>Upstream refused the token (401).</summary>
    public const string UpstreamUnauthorized = "UpstreamUnauthorized";

    /// <summary>Upstream refused access for another reason than a rate limit (403), or refused the credential that git keeps for it (401).</summary>
    public const string UpstreamForbidden = "UpstreamForbidden";

    /// <summary>A rate limit is used up and its reset is later than the caller wants to wait.</summary>
    public const string UpstreamRateLimited = "UpstreamRateLimited";
}
