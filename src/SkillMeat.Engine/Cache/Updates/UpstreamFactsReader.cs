using SkillMeat.Cache.Versions;
using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Upstream;

namespace SkillMeat.Cache.Updates;

/// <summary>Reads the versions of changed artifacts upstream.</summary>
internal sealed class UpstreamFactsReader(UpstreamSession session)
{
    /// <summary>Reads them. What upstream does not tell is absent.</summary>
    public async Task<UpstreamFacts> ReadAsync(Collection collection, IReadOnlyList<ArtifactCheck> checks, CancellationToken cancellationToken)
    {
        var context = session.ContextFor(collection.Folder);
        var changed = checks.Where(check => check.ChangeType is ChangeType.Updated or ChangeType.Moved && check.NewSha is not null).ToDictionary(check => check.Id);
        var tracked = collection.Artifacts.Where(artifact => changed.ContainsKey(artifact.Id)).Select(artifact => TrackedArtifact.From(artifact, context)).Where(one => one.Source is not null).ToList();
        if (tracked.Count == 0) return UpstreamFacts.None;
        var asked = tracked.Select(one => (one.Artifact.Id, Question: Ask(one, changed[one.Artifact.Id]))).Where(one => one.Question.Paths.Count > 0).ToList();
        var readings = await session.Provider.ReadAsync([.. asked.Select(one => one.Question)], cancellationToken).ConfigureAwait(false);
        var versions = asked.Zip(readings)
            .Select(pair => (pair.First.Id, Version: pair.Second.File is { Text: { } text } file ? CopyVersion.In(file.Path, text) : null))
            .Where(one => one.Version is not null).ToDictionary(one => one.Id, one => one.Version!);
        return new UpstreamFacts(versions, new Dictionary<ArtifactId, int>());
    }

    private static FileQuestion Ask(TrackedArtifact tracked, ArtifactCheck check)
    {
        var path = check.NewPath ?? tracked.Source!.Path;
        var type = tracked.Artifact.Id.Type;
        IReadOnlyList<string> paths = type.IsFolder ? [.. type.ManifestFiles.Select(file => path.Length == 0 ? file : $"{path}/{file}")] : [path];
        return new FileQuestion(tracked.Source!.Repository, check.NewSha!, paths);
    }
}
