using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Upstream;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Refresh;

/// <summary>
/// Finds artifacts that are no longer at their path elsewhere in their repository: by the same tree or blob id, else by the same type with the same name in the front matter.
/// </summary>
internal sealed class MoveFinder(IUpstreamProvider upstream, IReadOnlyList<TrackedArtifact> all)
{
    public async Task<IReadOnlyDictionary<ArtifactId, MoveTarget>> FindAsync(IReadOnlyList<AnsweredArtifact> gone, CancellationToken cancellationToken)
    {
        var targets = new Dictionary<ArtifactId, MoveTarget>();
        if (gone.Count == 0)
        {
            return targets;
        }

        var trees = await upstream
            .ListAsync(gone.Select(g => new TreeQuestion(g.Tracked.Source!.Repository, g.Path.Commit!)).Distinct().ToList(), cancellationToken)
            .ConfigureAwait(false);
        var byQuestion = trees.ToDictionary(t => t.Question);
        var unrecognized = new List<(AnsweredArtifact Gone, TreeAnswer Tree)>();
        foreach (var one in gone)
        {
            var tree = byQuestion[new TreeQuestion(one.Tracked.Source!.Repository, one.Path.Commit!)];
            if (tree.Error is not null)
            {
                targets[one.Tracked.Artifact.Id] = new MoveTarget(Path: null, Reason: null, tree.Error);
            }
            else if (FindSameContent(one, tree) is { } path)
            {
                targets[one.Tracked.Artifact.Id] = new MoveTarget(path, "The same content is at another path.", Error: null);
            }
            else
            {
                unrecognized.Add((one, tree));
            }
        }

        await FindSameNamesAsync(unrecognized, targets, cancellationToken).ConfigureAwait(false);
        foreach (var (one, _) in unrecognized.Where(u => !u.Tree.IsComplete))
        {
            var cut = new UpstreamException(ErrorIds.UpstreamUnavailable, $"{one.Tracked.Source!.Repository}: the list of its files is too long and was cut.");
            targets.TryAdd(one.Tracked.Artifact.Id, new MoveTarget(Path: null, Reason: null, cut));
        }

        return targets;
    }

    private string? FindSameContent(AnsweredArtifact gone, TreeAnswer tree) =>
        gone.Path.BaseObjectId is not { } id
            ? null
            : tree.Items
                .Where(i => i.ObjectId == id && i.IsFolder == gone.Tracked.Artifact.Type.IsFolder && !IsFollowed(gone, i.Path))
                .OrderByDescending(i => i.Name == LastPart(gone.Tracked.Source!.Path))
                .ThenBy(i => i.Path.Length)
                .ThenBy(i => i.Path, StringComparer.Ordinal)
                .Select(i => i.Path)
                .FirstOrDefault();

    private async Task FindSameNamesAsync(
        List<(AnsweredArtifact Gone, TreeAnswer Tree)> unrecognized,
        Dictionary<ArtifactId, MoveTarget> targets,
        CancellationToken cancellationToken)
    {
        var candidates = unrecognized
            .SelectMany(u => ArtifactPaths(u.Gone.Tracked.Artifact.Type, u.Tree)
                .Where(c => !IsFollowed(u.Gone, c.Path))
                .Select(c => (u.Gone, c.Path, File: new FileQuestion(u.Tree.Question.Repository, u.Tree.Question.Commit, [c.ManifestPath]))))
            .ToList();
        var files = candidates.Select(c => c.File).DistinctBy(Key).ToList();
        if (files.Count == 0)
        {
            return;
        }

        var readings = await upstream.ReadAsync(files, cancellationToken).ConfigureAwait(false);
        var names = new Dictionary<(RepositoryAddress, string, string), string?>();
        foreach (var (file, reading) in files.Zip(readings))
        {
            names[Key(file)] = NameIn(reading.File);
            if (reading.Error is { } error)
            {
                foreach (var (gone, _) in unrecognized.Where(u => u.Tree.Question.Repository.Equals(file.Repository)))
                {
                    targets.TryAdd(gone.Tracked.Artifact.Id, new MoveTarget(Path: null, Reason: null, error));
                }
            }
        }

        foreach (var group in candidates.Where(c => IsSameName(c.Gone, c.Path, names[Key(c.File)])).GroupBy(c => c.Gone))
        {
            var best = group.OrderByDescending(c => LastPart(c.Path) == LastPart(group.Key.Tracked.Source!.Path)).ThenBy(c => c.Path.Length).ThenBy(c => c.Path, StringComparer.Ordinal).First();
            targets[group.Key.Tracked.Artifact.Id] = new MoveTarget(best.Path, "An artifact of the same type and name is at another path; its content changed too.", Error: null);
        }
    }

    private static (RepositoryAddress Repository, string Commit, string Path) Key(FileQuestion file) => (file.Repository, file.Commit, file.Paths[0]);

    private static bool IsSameName(AnsweredArtifact gone, string path, string? nameInside)
    {
        var last = LastPart(path);
        var ownName = nameInside ?? (gone.Tracked.Artifact.Type.IsFolder ? last : Path.GetFileNameWithoutExtension(last));
        return ownName == gone.Tracked.Artifact.Name || ownName == Path.GetFileNameWithoutExtension(LastPart(gone.Tracked.Source!.Path));
    }

    private static string? NameIn(FileAnswer? file)
    {
        try
        {
            return file?.Text is { } text ? FrontMatterReader.Read(file.Path, text).Name : null;
        }
        catch (FrontMatterException)
        {
            // Then the file or folder name is all there is to go by.
            return null;
        }
    }

    /// <summary>The artifacts of a type in a tree: folders with its manifest file, or Markdown files in its container.</summary>
    private static IEnumerable<(string Path, string ManifestPath)> ArtifactPaths(ArtifactType type, TreeAnswer tree) => type.IsFolder
        ? tree.Items
            .Where(i => !i.IsFolder && type.ManifestFiles.Contains(i.Name, StringComparer.Ordinal) && i.Path.Contains('/', StringComparison.Ordinal))
            .Select(i => (Path: i.Path[..i.Path.LastIndexOf('/')], i.Path))
            .DistinctBy(c => c.Path)
        : tree.Items
            .Where(i => !i.IsFolder && i.Name.EndsWith(".md", StringComparison.OrdinalIgnoreCase) && LastPart(Parent(i.Path)) == type.Container)
            .Select(i => (i.Path, i.Path));

    private bool IsFollowed(AnsweredArtifact gone, string path) =>
        all.Any(a => a.Source is { } source && source.Path == path && source.Repository.Equals(gone.Tracked.Source!.Repository));

    private static string Parent(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : "";

    private static string LastPart(string path) => path[(path.LastIndexOf('/') + 1)..];
}
