namespace SkillMeat.Projects.Profiles;

/// <summary>The folder in which an agent looks for artifacts of one type.</summary>
/// <param name="Root">The profile root, which has the deployment records: relative to a project with <c>/</c> (<c>.</c> for the project itself), or a full path for the user.</param>
/// <param name="Container">The path of the container in it, with <c>/</c>, such as <c>skills</c>.</param>
internal sealed record ProfilePlace(string Root, string Container)
{
    /// <summary>Splits the path of a container: the last part is the container, the rest is the root.</summary>
    public static ProfilePlace Of(string path)
    {
        var end = path.LastIndexOf('/');
        return end < 0 ? new ProfilePlace(".", path) : new ProfilePlace(path[..end], path[(end + 1)..]);
    }
}
