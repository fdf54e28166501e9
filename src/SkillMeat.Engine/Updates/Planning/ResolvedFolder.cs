using SkillMeat.Artifacts;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Contents;

namespace SkillMeat.Updates.Planning;

/// <summary>Reads a merge that was made by hand.</summary>
internal sealed class ResolvedFolder(UpstreamSession session, ObjectStore objects)
{
    /// <summary>Stores the folder or file if it is an artifact of the right type.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the path does not exist; <see cref="ErrorIds.ArtifactInvalid"/>: it is not such an artifact.</exception>
    public async Task<TreeEntry> ReadAsync(string path, Artifact artifact, CancellationToken cancellationToken)
    {
        var full = Path.TrimEndingDirectorySeparator(path);
        // A file is fetched as a path in its folder.
        var (root, inner) = Directory.Exists(full) ? (full, "") : (Path.GetDirectoryName(full)!, Path.GetFileName(full));
        var question = new ContentQuestion(RepositoryAddress.InFolder(root), "", [inner]);
        var answer = (await session.Contents.FetchAsync([question], objects, cancellationToken).ConfigureAwait(false))[0];
        var fetched = answer.Error is null ? answer.Paths[0] : new FetchedPath(inner, Entry: null, answer.Error);
        if (fetched.Error is { } error) throw error;
        var entry = fetched.Entry ?? throw new SkillMeatException(ErrorIds.InvalidArgument, $"There is nothing at '{full}' to resolve a conflict with.");
        ArtifactValidator.Validate(new ArtifactContent(objects, entry), artifact.Id.Type, artifact.Name);
        return entry;
    }
}
