using System.Text;
using SkillMeat.Collections;
using SkillMeat.Toml;
using SkillMeat.Upstream;

namespace SkillMeat.Additions;

/// <summary>The artifacts that a collection has from the places of additions.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class PresentArtifacts
{
    // Beyond these numbers, reading all artifacts at once takes less time than finding those that matter.
    private const int MostNames = 32;
    private const int MostParts = 1000;

    private readonly ILookup<(ArtifactType Type, (RepositoryAddress Repository, string Path) Place), TrackedArtifact> _artifacts;

    private readonly Dictionary<ArtifactId, TrackedArtifact> _ofRepositories;

    private PresentArtifacts(IReadOnlyList<TrackedArtifact> artifacts)
    {
        _ofRepositories = artifacts.Where(one => one.Source is { Path.Length: 0 }).ToDictionary(one => one.Artifact.Id);
        _artifacts = artifacts.Where(one => one.Source is not null).ToLookup(one => (one.Artifact.Id.Type, one.Source!.Place));
    }

    /// <summary>Finds the artifacts.</summary>
    /// <param name="collection">The folder name of the collection.</param>
    /// <param name="files">The files of the collection.</param>
    /// <param name="additions">The additions.</param>
    /// <param name="context">The context of the addresses in the manifest.</param>
    public static PresentArtifacts Find(string collection, CollectionFiles files, IReadOnlyList<PreparedAddition> additions, SourceContext context)
    {
        var ids = FindMentioned(files, additions)?.Concat(additions.SelectMany(addition => addition.Ids).Where(files.Manifest.Contains)).ToHashSet();
        var artifacts = ids is null ? files.ReadArtifacts(collection) : files.Manifest.ReadArtifacts(collection, ids, files.LockFile);
        return new PresentArtifacts([.. artifacts.Select(artifact => TrackedArtifact.From(artifact, context))]);
    }

    /// <summary>Finds the artifact from the place of an addition, whatever its name is unless the request gives one.</summary>
    /// <returns>The artifact, or null if there is none, or one of another name that follows another ref.</returns>
    public TrackedArtifact? Find(PreparedAddition addition)
    {
        var same = _artifacts[(addition.Id.Type, addition.Source.Place)].ToList();
        var called = addition.Ids.Select(id => same.Find(one => one.Artifact.Id == id)).FirstOrDefault(one => one is not null);
        return called ?? (addition.IsNamed ? null : same.Find(one => Follows(one, addition.Source.Version)))
            ?? (_ofRepositories.TryGetValue(addition.Id, out var one) && one.IsNamedLike(addition.Source) ? one : null);
    }

    /// <summary>Whether an artifact follows the ref that a source names, if it names any.</summary>
    public static bool Follows(TrackedArtifact artifact, string? version) => version is null || artifact.Follows.NamesSame(RefSpec.Parse(version));

    /// <summary>Finds the artifacts whose lines have the last part of an addition's path at the end of a text, without reading them. Null if all must be read.</summary>
    private static HashSet<ArtifactId>? FindMentioned(CollectionFiles files, IReadOnlyList<PreparedAddition> additions)
    {
        var names = additions.Where(addition => !addition.IsNamed).Select(addition => addition.Source.Name).ToHashSet(StringComparer.Ordinal);
        if (names.Count == 0) return [];
        // Other letters can be escaped in TOML or in an address, and a repository's name is the same in other letters.
        if (names.Count > MostNames || files.ManifestParts is not { } parts || !names.All(IsPlain) || additions.Any(addition => addition.Source is { Path: "", Repository.Kind: not RepositoryKind.Folder })) return null;
        var found = new HashSet<ArtifactId>();
        foreach (var name in names)
        {
            foreach (var at in FindAll(files.ManifestBytes, Encoding.UTF8.GetBytes(name)))
            {
                if (FindPart(parts.Places, at) is { } part) found.Add(parts.All[part].Id);
                if (found.Count > MostParts) return null;
            }
        }

        // An edit can have removed it.
        found.RemoveWhere(id => !files.Manifest.Contains(id));
        return found;
    }

    private static bool IsPlain(string name) => name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');

    private static IEnumerable<int> FindAll(byte[] bytes, byte[] name)
    {
        for (var at = 0; bytes.AsSpan(at).IndexOf(name) is >= 0 and var next; at += next + 1)
        {
            var (before, after) = (at + next - 1, at + next + name.Length);
            if (before >= 0 && bytes[before] is (byte)'/' or (byte)'\\' && after < bytes.Length && !char.IsAsciiLetterOrDigit((char)bytes[after])) yield return at + next;
        }
    }

    private static int? FindPart(IReadOnlyList<TextPart> places, int at)
    {
        var (first, last) = (0, places.Count - 1);
        while (first <= last)
        {
            var middle = (first + last) / 2;
            if (at < places[middle].Start) last = middle - 1;
            else if (at >= places[middle].End) first = middle + 1;
            else return middle;
        }

        return null;
    }
}
