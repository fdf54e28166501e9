using SkillMeat.Collections;
using SkillMeat.Projects.Profiles;

namespace SkillMeat.Projects;

/// <summary>A project, or the user's own folders, in which agents look for artifacts.</summary>
/// <param name="Folder">The full path of the project, without links in it; of the user, the home folder.</param>
/// <param name="User">The folders of the user, or null for a project.</param>
/// <remarks>Immutable.</remarks>
internal sealed record ProjectSite(string Folder, AgentFolders? User = null)
{
    /// <summary>The name of the user's own folders as a lock of a home.</summary>
    public const string UserLockName = "the user's own folders";

    /// <summary>The locks of a home that a change needs beside those of its folders. The folders of the user are locked one by one, but the home has one file of kept contents and one of activations for all.</summary>
    public IEnumerable<string> LockNames => User is null ? [] : [UserLockName];

    /// <summary>The profile roots that can have records: those of all profiles, and those of Python SkillMeat, which are <c>.</c> and the id.</summary>
    public IEnumerable<string> CandidateRoots() => ProfileTable.All
        .SelectMany(profile => ArtifactType.All.Select(type => PlaceOf(profile, type)?.Root))
        .OfType<string>()
        .Concat(User is null ? ProfileTable.All.Select(profile => "." + profile.Id) : [])
        .Distinct(StringComparer.Ordinal);

    /// <summary>Returns the place in which an agent looks for artifacts of a type, or null if it does not read them.</summary>
    public ProfilePlace? PlaceOf(Profile profile, ArtifactType type) => User is null ? profile.PlaceInProject(type) : profile.PlaceOfUser(type, User);

    /// <summary>Returns the full path of a profile root, or of something in it.</summary>
    /// <param name="root">The profile root: relative to the folder, or a full path.</param>
    /// <param name="path">The path in it with <c>/</c>, or empty.</param>
    public string FullPath(string root, string path = "") => Path.GetFullPath(Path.Combine(Folder, root.Replace('/', Path.DirectorySeparatorChar), path.Replace('/', Path.DirectorySeparatorChar)));
}
