using System.Text;
using SkillMeat.Cache.Entries;
using SkillMeat.Cache.Versions;
using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Upstream;

namespace SkillMeat.Cache.Updates;

/// <summary>Reads the versions of changed artifacts upstream. Those of a commit are read once, and kept for as long as they are used.</summary>
/// <param name="session">The connection to upstream.</param>
/// <param name="entries">Keeps the versions.</param>
internal sealed class UpstreamFactsReader(UpstreamSession session, CachedEntries entries)
{
    /// <summary>The kind of the entries. There is one for each place, so that their number does not grow with that of commits: the last commit, a line feed, and the version, if the file has one. So they never expire.</summary>
    public const string Kind = "version";

    /// <summary>Reads them. What upstream does not tell is absent.</summary>
    public async Task<UpstreamFacts> ReadAsync(Collection collection, IReadOnlyList<ArtifactCheck> checks, CancellationToken cancellationToken)
    {
        var context = session.ContextFor(collection.Folder);
        var changed = checks.Where(check => check.ChangeType is ChangeType.Updated or ChangeType.Moved && check.NewSha is not null).ToDictionary(check => check.Id);
        var tracked = collection.Artifacts.Where(artifact => changed.ContainsKey(artifact.Id)).Select(artifact => TrackedArtifact.From(artifact, context)).Where(one => one.Source is not null).ToList();
        if (tracked.Count == 0) return UpstreamFacts.None;
        var versions = new Dictionary<ArtifactId, string>();
        var asked = new List<(ArtifactId Id, FileQuestion Question, string? Key)>();
        foreach (var one in tracked)
        {
            var question = Ask(one, changed[one.Artifact.Id]);
            var key = KeyOf(question);
            if (question.Paths.Count == 0) continue;
            if (key is null || FindVersion(key, question.Commit) is not { } known) asked.Add((one.Artifact.Id, question, key));
            else if (known.Length > 0) versions[one.Artifact.Id] = known;
        }

        var readings = await session.Provider.ReadAsync([.. asked.Select(one => one.Question)], cancellationToken).ConfigureAwait(false);
        var read = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var ((id, question, key), reading) in asked.Zip(readings))
        {
            if (reading.File is not { Text: { } text } file) continue;
            var version = CopyVersion.In(file.Path, text);
            if (version is not null) versions[id] = version;
            if (key is not null) read[key] = Encoding.UTF8.GetBytes($"{question.Commit}\n{version}");
        }

        entries.Set(Kind, [.. read.Select(one => (one.Key, one.Value))], Timeout.InfiniteTimeSpan);
        return new UpstreamFacts(versions, new Dictionary<ArtifactId, int>());
    }

    // The files of a folder can change at any time.
    private static string? KeyOf(FileQuestion question) => question.Repository.Kind == RepositoryKind.Folder ? null : $"{question.Repository.Address}#{string.Join('|', question.Paths)}";

    // Null if the entry is about another commit.
    private string? FindVersion(string key, string commit) =>
        entries.Find(Kind, key) is { } entry && Encoding.UTF8.GetString(entry.Value).Split('\n') is [var known, var version] && known == commit ? version : null;

    private static FileQuestion Ask(TrackedArtifact tracked, ArtifactCheck check)
    {
        var path = check.NewPath ?? tracked.Source!.Path;
        var type = tracked.Artifact.Id.Type;
        IReadOnlyList<string> paths = type.IsFolder ? [.. type.ManifestFiles.Select(file => path.Length == 0 ? file : $"{path}/{file}")] : [path];
        return new FileQuestion(tracked.Source!.Repository, check.NewSha!, paths);
    }
}
