using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Records;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Deploying;

/// <summary>The places of a project that have records, so that a place which agents share, through a link as well, gets no second one. For one plan.</summary>
internal sealed class RecordedPlaces
{
    private readonly Lazy<ILookup<ArtifactId, (string Path, Target Target)>> _byArtifact;
    private readonly Lazy<ILookup<string, Target>> _byPath;

    /// <summary>Creates the places of a project.</summary>
    /// <param name="store">The home.</param>
    /// <param name="site">The project.</param>
    /// <param name="outside">Finds the real folders.</param>
    public RecordedPlaces(CollectionStore store, ProjectSite site, OutsideFolders outside)
    {
        var all = new Lazy<IReadOnlyList<(string Path, Target Target)>>(() =>
        [
            .. new ProjectRecords(site, store).ReadAll()
                .Select(one => new Target(one.Record.Artifact, site, one.Record.Profile, one.Root, one.Record.Path))
                .Select(target => (Path: RealPath(target, outside)!, target)).Where(one => one.Path is not null),
        ]);
        _byArtifact = new(() => all.Value.ToLookup(one => one.Target.Artifact));
        _byPath = new(() => all.Value.ToLookup(one => one.Path, one => one.Target, PathEquality.Comparer));
    }

    /// <summary>Returns the recorded target for an artifact: the one at the same place, or the one of the same profile and profile root, else the target itself.</summary>
    /// <param name="asked">The target as the agent would have it.</param>
    /// <param name="path">Its full path without links in its folder.</param>
    public Target Find(Target asked, string path)
    {
        var same = _byArtifact.Value[asked.Artifact].ToList();
        if (same.Find(one => PathEquality.Comparer.Equals(one.Path, path)).Target is { } there) return there with { Profile = asked.Profile, Mode = asked.Mode, Activate = asked.Activate, IsMissing = asked.IsMissing };
        return same.Find(one => one.Target.Root == asked.Root && one.Target.Profile == asked.Profile).Target is { } recorded ? recorded with { Mode = asked.Mode, Activate = asked.Activate, IsMissing = asked.IsMissing } : asked;
    }

    /// <summary>Returns the recorded targets at a place, of any artifact.</summary>
    /// <param name="path">The full path without links in its folder.</param>
    public IEnumerable<Target> At(string path) => _byPath.Value[path];

    // Null for one that a link has led out of the project since.
    private static string? RealPath(Target target, OutsideFolders outside)
    {
        try
        {
            return outside.Find(target.Site, target.FullPath).Path;
        }
        catch (SkillMeatException e) when (e.ErrorId == ErrorIds.InvalidArgument)
        {
            return null;
        }
    }
}
