using SkillMeat.Cache.Database;
using SkillMeat.Cache.Versions;
using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Trees;
using SkillMeat.Refresh;
using SkillMeat.Storage;
using SkillMeat.Updates;
using SkillMeat.Updates.Planning;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Tokens;

namespace SkillMeat.Cache.Updates;

/// <summary>Keeps what update checks find upstream, so that stale artifacts can be listed without a network.</summary>
/// <remarks>Thread-safe, and safe between processes.</remarks>
public sealed class UpstreamStates
{
    private const string Upsert =
        """
        INSERT INTO upstream_state(collection, type, name, upstream, ref, resolved_sha, content_hash, change, is_behind, collection_version, upstream_version, are_tags,
            upstream_commit, commits_behind, checked, failed, problem, sum)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
        ON CONFLICT(collection, type, name) DO UPDATE SET upstream = excluded.upstream, ref = excluded.ref, resolved_sha = excluded.resolved_sha, content_hash = excluded.content_hash,
            change = excluded.change, is_behind = excluded.is_behind,
            collection_version = excluded.collection_version, upstream_version = excluded.upstream_version, are_tags = excluded.are_tags, upstream_commit = excluded.upstream_commit,
            commits_behind = excluded.commits_behind, checked = excluded.checked, failed = excluded.failed, problem = excluded.problem, sum = excluded.sum
        """;

    private readonly HomeCache _cache;

    /// <summary>Creates the memory of a home.</summary>
    /// <param name="cache">The cache of the home.</param>
    public UpstreamStates(HomeCache cache)
    {
        _cache = cache;
    }

    /// <summary>Whether checks create the cache of a home that has none, as a service does, whose page shows what they found.</summary>
    public bool CreatesCache { get; init; }

    /// <summary>
    /// Keeps the result of an update check, if the home has a cache already: a check itself changes nothing on disk (ADR 18). Asks for the versions of what changed and for the numbers of commits, unless they are known. A
    /// failure only means that less is known later, so it is no error.
    /// </summary>
    /// <param name="result">The result.</param>
    /// <param name="session">The connection to upstream.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public Task RecordCheckAsync(UpdateCheckResult result, UpstreamSession session, CancellationToken cancellationToken = default) =>
        RecordAsync(result.Collection, _ => result.Checks, session, CreatesCache, cancellationToken);

    /// <summary>Keeps what a refresh learned about the artifacts upstream, like a check: one that changes nothing writes nothing into a home without a cache.</summary>
    /// <param name="planned">The refresh, after it was applied.</param>
    /// <param name="session">The connection to upstream.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public Task RecordRefreshAsync(PlannedRefresh planned, UpstreamSession session, CancellationToken cancellationToken = default) =>
        RecordAsync(planned.Collection, _ => [.. planned.Answers.Select(answer => answer.Check).OfType<ArtifactCheck>()], session, CreatesCache, cancellationToken);

    /// <summary>Keeps what an update learned about the artifacts upstream, like a check. What was updated is up to date then. A dry run creates no cache.</summary>
    /// <param name="planned">The update, after it was applied.</param>
    /// <param name="session">The connection to upstream.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public async Task RecordUpdateAsync(PlannedUpdate planned, UpstreamSession session, CancellationToken cancellationToken = default)
    {
        // The artifacts were compared with another ref than the one they follow.
        if (planned.Request.Version is not null) return;
        foreach (var (name, inputs) in planned.Inputs)
        {
            await RecordAsync(name, collection => ChecksNow(inputs, collection), session, mayCreate: !planned.Request.DryRun, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RecordAsync(string name, Func<Lazy<Collection>, IReadOnlyList<ArtifactCheck>> find, UpstreamSession session, bool mayCreate, CancellationToken cancellationToken)
    {
        if (_cache.Database.CurrentFile is not { } file || !(mayCreate || File.Exists(file.Path))) return;
        try
        {
            // Most checks find nothing new, and need not read the collection again.
            var collection = new Lazy<Collection>(() => _cache.Store.Read(name));
            var checks = find(collection);
            Record(new UpdateCheckResult(name, checks, [], TimeSpan.Zero), await ReadFactsAsync(collection, checks, session, cancellationToken).ConfigureAwait(false), keepsInMemory: false, cancellationToken);
        }
        catch (SkillMeatException)
        {
            // The collection is gone or cannot be read, for example. Less is known later.
        }
    }

    private async Task<UpstreamFacts> ReadFactsAsync(Lazy<Collection> collection, IReadOnlyList<ArtifactCheck> checks, UpstreamSession session, CancellationToken cancellationToken)
    {
        if (!checks.Any(UpstreamFactsReader.MayTellMore)) return UpstreamFacts.None;
        try
        {
            return await new UpstreamFactsReader(_cache, session).ReadAsync(collection.Value, checks, cancellationToken).ConfigureAwait(false);
        }
        catch (SkillMeatException)
        {
            // The findings of the check itself are kept nevertheless.
            return UpstreamFacts.None;
        }
    }

    private static List<ArtifactCheck> ChecksNow(IReadOnlyList<UpdateInput> inputs, Lazy<Collection> collection)
    {
        var now = collection.Value.Artifacts.ToDictionary(artifact => artifact.Id);
        return [.. inputs.Select(input => now.TryGetValue(input.Check.Id, out var artifact) ? AboutNow(input.Check, artifact) : null).OfType<ArtifactCheck>()];
    }

    // Returns the findings of a check about an artifact that may have been updated since; null if they no longer apply.
    private static ArtifactCheck? AboutNow(ArtifactCheck check, Artifact artifact)
    {
        if (check.Identity is not { } checkedOne) return null;
        var identity = CheckedIdentity.Of(artifact);
        if (identity.Upstream == checkedOne.Upstream && identity.Ref == checkedOne.Ref && identity.ResolvedSha == checkedOne.ResolvedSha && identity.ContentHash == checkedOne.ContentHash) return check;
        return check is { UpdateAvailable: true, NewSha: { } fetched } && fetched == (artifact.ResolvedSha ?? artifact.ContentHash)
            ? check with { ChangeType = ChangeType.UpToDate, ContentChanged = false, Identity = identity, OldSha = fetched, NewPath = null, NewRepository = null, Reason = null, Drift = UpdateRisk.NoUpdate }
            : null;
    }

    /// <summary>Keeps the result of an update check.</summary>
    /// <param name="result">The result.</param>
    /// <param name="facts">Further facts about the artifacts upstream.</param>
    /// <param name="keepsInMemory">Whether to keep it in memory if the file cannot be used, for the questions of this process.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The reason that the file cannot be used, or <see cref="CacheTrouble.None"/>.</returns>
    internal CacheTrouble Record(UpdateCheckResult result, UpstreamFacts facts, bool keepsInMemory, CancellationToken cancellationToken)
    {
        var now = _cache.Store.Time.GetUtcNow();
        var checks = result.Checks.Where(check => check.Identity is not null).ToList();
        if (checks.Count == 0) return CacheTrouble.None;
        var versions = ReadVersions(checks);
        CacheTrouble trouble;
        if (keepsInMemory) _cache.Database.Run(Write, out trouble, cancellationToken);
        else _cache.Database.TryRun(Write, out _, out trouble, cancellationToken);
        return trouble;

        bool Write(CacheConnection connection) => connection.Write(() =>
        {
            var lag = new Lag();
            for (var i = 0; i < checks.Count; i++) Record(connection, checks[i], versions[i], facts, lag, now);
            return true;
        });
    }

    private static void Record(CacheConnection connection, ArtifactCheck check, (string? Collection, string? Upstream) versions, UpstreamFacts facts, Lag lag, DateTimeOffset now)
    {
        var identity = check.Identity!;
        var earlier = UpstreamState.Find(connection, check.Collection, check.Id);
        var isSame = earlier is not null && earlier.Upstream == identity.Upstream && earlier.Ref == identity.Ref && earlier.ResolvedSha == identity.ResolvedSha && earlier.ContentHash == identity.ContentHash;
        if (check.ChangeType == ChangeType.Unknown)
        {
            // The last known state stays, with its age.
            if (earlier is not null && isSame && check.ErrorId is not null) Write(connection, earlier with { Failed = now, Problem = check.Reason });
            else if (earlier is not null && !isSame) connection.Execute("DELETE FROM upstream_state WHERE collection = ?1 AND type = ?2 AND name = ?3", check.Collection, check.Type, check.Name);
            return;
        }

        var isSameCommit = isSame && check.NewSha is not null && earlier!.UpstreamCommit == check.NewSha;
        var upstreamVersion = facts.VersionOf(check.Id) ?? versions.Upstream ?? (isSameCommit && earlier is { AreTags: false } ? earlier.UpstreamVersion : null);
        // The tags stand in for versions that the files do not say.
        var areTags = upstreamVersion is null && check.NewTag is not null && ArtifactVersions.Parse(check.NewTag) is not null;
        var commits = facts.CommitsBehind(check.Id) ?? (isSameCommit ? earlier!.CommitsBehind : null);
        var (from, to) = areTags ? (identity.ResolvedVersion, check.NewTag) : (versions.Collection, upstreamVersion);
        var isChanged = UpstreamFactsReader.HasNewContent(check);
        Write(connection, new UpstreamState
        {
            Collection = check.Collection,
            Artifact = check.Id,
            Upstream = identity.Upstream,
            Ref = identity.Ref,
            ResolvedSha = identity.ResolvedSha,
            ContentHash = identity.ContentHash,
            Change = check.ChangeType,
            IsBehind = isChanged ? lag.Of(from, to, commits) is not null : ArtifactVersions.Compare(from, to) < 0,
            CollectionVersion = from,
            UpstreamVersion = to,
            AreTags = areTags,
            UpstreamCommit = check.NewSha,
            CommitsBehind = isChanged ? commits : null,
            Checked = now,
        });
    }

    private static void Write(CacheConnection connection, UpstreamState state) => connection.Execute(Upsert, [.. state.Values, RowSum.Of(state.Values)]);

    // The versions that files on this machine say, where they will be compared: those of the collection, and of folders upstream.
    private (string? Collection, string? Upstream)[] ReadVersions(List<ArtifactCheck> checks)
    {
        var versions = new (string?, string?)[checks.Count];
        ParallelItems.ForEach(checks.Count, index =>
        {
            var check = checks[index];
            if (check.ChangeType is not (ChangeType.Updated or ChangeType.Moved)) return;
            var path = Path.Combine(_cache.Store.Layout.CollectionFolder(check.Collection), TreePath.Normalize(check.Identity!.Path).Replace('/', Path.DirectorySeparatorChar));
            versions[index] = (CopyVersion.Read(check.Id.Type, path) ?? check.Identity.Version, FindFolder(check) is { } folder ? CopyVersion.Read(check.Id.Type, folder) : null);
        });
        return versions;
    }

    // Null for a repository.
    private string? FindFolder(ArtifactCheck check)
    {
        if (string.IsNullOrWhiteSpace(check.Identity!.Upstream)) return null;
        try
        {
            var context = new SourceContext(GitHubHosts.FromEnvironment(_cache.Environment).Server, _cache.Store.Layout.CollectionFolder(check.Collection), HomeFolder.UserFolder(_cache.Environment));
            var source = SourceSpec.ParseRecorded(check.Identity.Upstream, context, check.Identity.Ref);
            return source.Repository.Folder is { } folder ? Path.GetFullPath(Path.Combine(folder, check.NewPath ?? source.Path)) : null;
        }
        catch (SkillMeatException)
        {
            return null;
        }
    }
}
