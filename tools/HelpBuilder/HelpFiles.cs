using System.Text;

namespace SkillMeat.HelpBuilder;

/// <summary>Writes the help files for PowerShell: first all of them under temporary names, then each is renamed.</summary>
internal static class HelpFiles
{
    private const string Culture = "en-US";

    /// <returns>The files' paths.</returns>
    public static IReadOnlyList<string> Write(HelpFolder help, string output)
    {
        var folder = Path.Combine(output, Culture);
        Directory.CreateDirectory(folder);
        var staged = new List<(string Temporary, string Target)>();
        try
        {
            if (help.Pages.Count > 0)
            {
                using var maml = new MemoryStream();
                MamlWriter.Write(help.Pages, maml);
                Stage(Path.Combine(folder, help.Pages[0].ExternalHelpFile), maml.ToArray(), staged);
            }

            foreach (var topic in help.Topics)
            {
                Stage(Path.Combine(folder, $"{topic.Name}.help.txt"), Encoding.UTF8.GetBytes(AboutTextWriter.Write(topic)), staged);
            }

            foreach (var (temporary, target) in staged) File.Move(temporary, target, overwrite: true);
            return staged.Select(file => file.Target).ToList();
        }
        finally
        {
            foreach (var (temporary, _) in staged) File.Delete(temporary);
        }
    }

    private static void Stage(string target, byte[] content, List<(string Temporary, string Target)> staged)
    {
        var temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        staged.Add((temporary, target));
        File.WriteAllBytes(temporary, content);
    }
}
