using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Scanning;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Profiles;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Drift;

/// <summary>Finds artifacts that agents would read, but no record names. Not thread-safe.</summary>
/// <param name="site">The project.</param>
/// <param name="outside">Finds the real folders.</param>
/// <param name="real">Finds the real paths.</param>
/// <param name="list">Lists what lies directly in a folder.</param>
internal sealed class UnrecordedFinder(ProjectSite site, OutsideFolders outside, RealPaths real, Func<string, IEnumerable<RememberedEntry>> list)
{
    /// <summary>Finds the artifacts. A folder that agents share is searched once.</summary>
    /// <param name="includes">Whether the folders of a profile are searched.</param>
    /// <param name="recorded">The real paths of the copies that records name. A link to one of them is no artifact of its own.</param>
    /// <param name="passOver">Called with each folder that a link leads out of the project or into the home; null if that is an error.</param>
    /// <exception cref="StorageException">Something cannot be read.</exception>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: a link leads out of the project or into the home.</exception>
    public IEnumerable<UnrecordedArtifact> Find(Func<Profile, bool> includes, IReadOnlySet<string> recorded, Action<string>? passOver = null)
    {
        var seen = new HashSet<string>(PathEquality.Comparer);
        foreach (var (profile, type, place) in Places().Where(one => includes(one.Profile)))
        {
            var folder = site.FullPath(place.Root, place.Container);
            // Agents can share a folder through a link.
            if (!Directory.Exists(folder) || !seen.Add(real.Of(Path.Combine(folder, "one")))) continue;
            if (!IsInside(folder, passOver)) continue;
            foreach (var found in Find(folder, profile, type, place, recorded)) yield return found;
        }
    }

    private bool IsInside(string folder, Action<string>? passOver)
    {
        try
        {
            outside.Find(site, Path.Combine(folder, "one"));
            return true;
        }
        catch (SkillMeatException e) when (passOver is not null && e.ErrorId == ErrorIds.InvalidArgument)
        {
            passOver(folder);
            return false;
        }
    }

    /// <summary>Returns the places in which agents look, each with its type.</summary>
    public IEnumerable<(Profile Profile, ArtifactType Type, ProfilePlace Place)> Places()
    {
        foreach (var profile in ProfileTable.All)
        {
            foreach (var type in ArtifactType.All)
            {
                // A folder 'skills' alone is no sign of an agent.
                if (site.PlaceOf(profile, type) is { } place && (site.User is not null || place.Root.StartsWith('.')) && place.Root != ".") yield return (profile, type, place);
            }
        }
    }

    /// <summary>Whether something that was found has a content. A link that leads nowhere, or to itself, has none.</summary>
    public static bool HasContent(string path, RememberedEntry found) => found.Stamp.Type != FileType.Other && (found.Stamp.Type != FileType.Link || LinkTarget.Exists(path));

    private IEnumerable<UnrecordedArtifact> Find(string folder, Profile profile, ArtifactType type, ProfilePlace place, IReadOnlySet<string> recorded)
    {
        foreach (var entry in list(folder).OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            var (name, path) = (entry.Name, Path.Combine(folder, entry.Name));
            if (recorded.Contains(real.Of(path)) || name.StartsWith('.') || !IsArtifact(path, type) || !HasContent(path, entry)) continue;
            if (entry.Stamp.Type == FileType.Link && recorded.Contains(real.OfTarget(path))) continue;
            yield return new UnrecordedArtifact(profile, place, type, type.IsFolder ? name : Path.GetFileNameWithoutExtension(name), path, entry);
        }
    }

    private static bool IsArtifact(string path, ArtifactType type) => type.IsFolder
        ? Directory.Exists(path) && type.ManifestFiles.Any(file => File.Exists(Path.Combine(path, file)))
        : path.EndsWith(".md", StringComparison.OrdinalIgnoreCase) && File.Exists(path);
}
