using SkillMeat.Errors;
using SkillMeat.Projects.Profiles;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Registry;

/// <summary>Finds the real folder of a project that the user named.</summary>
internal static class ProjectFolder
{
    /// <summary>Returns the full path of an existing folder, without links in it.</summary>
    /// <param name="path">The path as the user named it.</param>
    /// <param name="home">The home, which is no project, and has none in it.</param>
    /// <param name="user">The folders of the user, which are no project.</param>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.ProjectNotFound"/>: there is no folder. <see cref="ErrorIds.InvalidArgument"/>: it is a link, the user's home folder, or lies in the home.
    /// </exception>
    public static string Find(string path, string home, AgentFolders user)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Directory.Exists(full) && new FileInfo(full).LinkTarget is not null)
        {
            // Two names of one project would be two projects in the list, and a link can lead elsewhere tomorrow.
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{path}' is a link. Name the folder that it leads to: '{RealPath(full)}'.");
        }

        var real = FindRoot(path, home);
        return user.AreIn(real) ? throw IsOfUser(path) : real;
    }

    /// <summary>Returns the error of the user's home folder as a project. Its folders would have two sets of locks, records of activations and kept contents.</summary>
    public static SkillMeatException IsOfUser(string path) =>
        new(ErrorIds.InvalidArgument, $"'{path}' is your home folder, and cannot be a project. Use '--user' or '-UserScope' for the folders of your agents.");

    /// <summary>Returns the full path of an existing folder without links in it, such as one to search. It may be a link.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ProjectNotFound"/>: there is no folder. <see cref="ErrorIds.InvalidArgument"/>: it lies in the home.</exception>
    public static string FindRoot(string path, string home)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(full) && (new FileInfo(full).LinkTarget is null || LinkTarget.Exists(full))) throw new SkillMeatException(ErrorIds.ProjectNotFound, $"'{path}' is a file. A project is a folder.");
        if (!Directory.Exists(full)) throw new SkillMeatException(ErrorIds.ProjectNotFound, $"There is no folder '{full}'. If it lies on another drive, is that mounted?");
        var real = RealPath(full);
        return new ProtectedFolders(home).Include(real) ? throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{path}' lies in the SkillMeat home '{home}', and cannot be a project.") : real;
    }

    /// <summary>Returns the full path of an existing folder without links in it.</summary>
    /// <exception cref="StorageException">The folder cannot be read.</exception>
    public static string RealPath(string folder) => LinkTarget.RealFolder(folder);
}
