using SkillMeat.Baselines;
using SkillMeat.Errors;

namespace SkillMeat.Projects.Deploying;

/// <summary>The list of contents that the home keeps for another project. Thread-safe.</summary>
/// <param name="file">The full path of its file.</param>
/// <param name="bytes">The bytes of the file.</param>
/// <param name="project">The full path of the project.</param>
/// <param name="folder">The identity of the folder of the project, or null.</param>
internal sealed class OtherKeptList(string file, byte[] bytes, string project, string? folder)
{
    private readonly Lazy<KeptContentList?> _list = new(() => TryParse(file, bytes));

    /// <summary>The full path of the project.</summary>
    public string Project => project;

    /// <summary>The identity of the folder of the project, or null.</summary>
    public string? Folder => folder;

    /// <summary>The time in UTC at which it was written.</summary>
    public DateTime WrittenAt { get; } = File.GetLastWriteTimeUtc(file);

    /// <summary>Whether the folder of the project is gone.</summary>
    public bool IsGone { get; } = !Directory.Exists(project);

    /// <summary>The list; null if it is damaged, which does not concern this project.</summary>
    public KeptContentList? List => _list.Value;

    private static KeptContentList? TryParse(string file, byte[] bytes)
    {
        try
        {
            return KeptContentList.Parse(bytes, file, project: "");
        }
        catch (DataFileException)
        {
            return null;
        }
    }
}
