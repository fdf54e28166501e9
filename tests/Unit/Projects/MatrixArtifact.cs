namespace SkillMeat.Tests.Projects;

/// <summary>An artifact of the matrix of syncs.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Path">Its path in the collection and in the profile root.</param>
/// <param name="File">The file of a folder that is edited; empty for an artifact of one file.</param>
internal sealed record MatrixArtifact(string Id, string Path, string File)
{
    public bool HasFrontMatter => Id.Split(':')[0] is "skill" or "command" or "agent";

    /// <summary>The files that differ between the sides.</summary>
    public IReadOnlyList<string> ChangedFiles(string collection, string project)
    {
        if (File.Length == 0) return ["."];
        string[] files = [File, .. collection == "top" ? new[] { "new-c.md" } : [], .. project is "bottom" or "replaced" or "other top" ? new[] { "new-p.md" } : []];
        // A link was replaced by a copy of one file.
        if (project == "replaced" && Id == "skill:notes") files = [.. files, "templates/a.md"];
        if (project == "replaced" && Id == "hook:guard") files = [.. files, "check.sh"];
        return [.. files.Order(StringComparer.Ordinal)];
    }
}
