using System.Text;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>One change of a commit. Paths are relative to the repository's root, with <c>/</c>.</summary>
public sealed class GitChange
{
    private GitChange(string command, byte[]? content = null)
    {
        Command = command;
        Content = content;
    }

    /// <summary>The line for <c>git fast-import</c>.</summary>
    internal string Command { get; }

    /// <summary>The data after the line; null if there is none.</summary>
    internal byte[]? Content { get; }

    /// <summary>Writes a text file (UTF-8, no byte order mark).</summary>
    public static GitChange Write(string path, string text, bool executable = false) => Write(path, Encoding.UTF8.GetBytes(text), executable);

    /// <summary>Writes a file; with another <paramref name="executable"/> than before, changes its mode.</summary>
    public static GitChange Write(string path, byte[] content, bool executable = false) =>
        new($"M {(executable ? "100755" : "100644")} inline {Quote(path)}", content);

    /// <summary>Writes a symbolic link.</summary>
    public static GitChange Symlink(string path, string target) => new($"M 120000 inline {Quote(path)}", Encoding.UTF8.GetBytes(target));

    /// <summary>Writes a submodule entry.</summary>
    public static GitChange Submodule(string path, string commit) => new($"M 160000 {commit} {Quote(path)}");

    /// <summary>Deletes a file, or a folder with its contents.</summary>
    public static GitChange Delete(string path) => new($"D {Quote(path)}");

    /// <summary>Moves a file or a folder.</summary>
    public static GitChange Move(string from, string to) => new($"R {Quote(from)} {Quote(to)}");

    /// <summary>Copies a file or a folder. A folder and its copy are one tree.</summary>
    public static GitChange Copy(string from, string to) => new($"C {Quote(from)} {Quote(to)}");

    private static string Quote(string path) =>
        '"' + path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + '"';
}
