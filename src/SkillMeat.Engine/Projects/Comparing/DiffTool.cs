using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Comparing;

/// <summary>The user's program that shows differences: that of <c>SKILLMEAT_DIFFTOOL</c>, else the difftool that git is configured with.</summary>
internal sealed class DiffTool(Func<string, string?> environment, ObjectStore objects)
{
    private const string Variable = "SKILLMEAT_DIFFTOOL";

    /// <summary>Opens the tool with copies of two contents, and waits until it ends. The copies are deleted then.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the tool cannot be started, or failed.</exception>
    public async Task OpenAsync((CompareSide Side, TreeEntry? Content) from, (CompareSide Side, TreeEntry? Content) to, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder(Path.GetTempPath(), _ => { });
        var paths = new[] { Write(folder.Path, "1", from, cancellationToken), Write(folder.Path, "2", to, cancellationToken) };
        var command = environment(Variable) is { } text && !string.IsNullOrWhiteSpace(text) ? Split(text) : ["git", "difftool", "--no-index", "--no-prompt"];
        await RunAsync(command, paths, cancellationToken).ConfigureAwait(false);
    }

    // The tool shows the names of the folders, so they say which side is which.
    private string Write(string folder, string number, (CompareSide Side, TreeEntry? Content) side, CancellationToken cancellationToken)
    {
        var place = Path.Combine(folder, $"{number}-{side.Side.Name.Replace(':', '-')}");
        if (side.Content is not { } content) return Directory.CreateDirectory(place).FullName;
        var writer = new TreeWriter(objects);
        if (content.Kind == TreeEntryKind.Folder)
        {
            writer.Fill(content.Id, mode: 0, place, cancellationToken);
            return place;
        }

        var file = Path.Combine(Directory.CreateDirectory(place).FullName, content.Name);
        writer.FillFile(content, file, cancellationToken);
        return file;
    }

    // It has the console, because it may be one that runs there.
    private static async Task RunAsync(List<string> command, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo(command[0], [.. command.Skip(1), .. paths]) { UseShellExecute = false } };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"The difftool '{command[0]}' cannot be started: {e.Message}. Set {Variable} to one.", e);
        }

        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }

        // Like diff, many tools exit with 1 if there are differences.
        if (process.ExitCode > 1) throw new SkillMeatException(ErrorIds.InvalidArgument, $"The difftool '{command[0]}' failed with exit code {process.ExitCode}.");
    }

    // At blanks, except in quotes, so that a path with blanks can be named. No shell reads it.
    private static List<string> Split(string command)
    {
        var (parts, part, quote, hasPart) = (new List<string>(), new StringBuilder(), '\0', false);
        foreach (var letter in command)
        {
            if (quote != '\0' ? letter == quote : letter is '"' or '\'')
            {
                quote = quote == '\0' ? letter : '\0';
                hasPart = true;
            }
            else if (quote == '\0' && char.IsWhiteSpace(letter))
            {
                if (hasPart) parts.Add(part.ToString());
                part.Clear();
                hasPart = false;
            }
            else
            {
                part.Append(letter);
                hasPart = true;
            }
        }

        if (hasPart) parts.Add(part.ToString());
        return parts;
    }
}
