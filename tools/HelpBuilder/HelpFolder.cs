namespace SkillMeat.HelpBuilder;

/// <summary>The help pages of a folder.</summary>
/// <param name="Pages">The commands, by name.</param>
/// <param name="Topics">The topics, by name.</param>
/// <param name="PassedOver">The names of other Markdown files, such as a README.</param>
public sealed record HelpFolder(IReadOnlyList<HelpPage> Pages, IReadOnlyList<AboutPage> Topics, IReadOnlyList<string> PassedOver)
{
    private const string AboutPrefix = "about_";

    /// <summary>Reads every page of a folder, without its subfolders.</summary>
    /// <param name="folder">The path of the folder.</param>
    /// <param name="assembly">The assembly that every page must belong to, or null if the pages only have to agree.</param>
    /// <returns>The pages.</returns>
    /// <exception cref="HelpPageException">A page is not valid, or the pages are for different help files; lists all problems.</exception>
    /// <exception cref="IOException">The folder, or a file in it, cannot be read.</exception>
    public static HelpFolder Read(string folder, string? assembly = null)
    {
        var pages = new List<HelpPage>();
        var topics = new List<AboutPage>();
        var passedOver = new List<string>();
        var problems = new List<HelpProblem>();
        foreach (var file in Directory.GetFiles(folder, "*.md").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            try
            {
                if (name.StartsWith(AboutPrefix, StringComparison.OrdinalIgnoreCase)) topics.Add(AboutPageReader.Read(file));
                else if (HelpPageReader.IsCommandName(name)) pages.Add(HelpPageReader.Read(file));
                else passedOver.Add(Path.GetFileName(file));
            }
            catch (HelpPageException e)
            {
                problems.AddRange(e.Problems);
            }
        }

        var helpFile = assembly is null ? pages.FirstOrDefault()?.ExternalHelpFile : $"{assembly}.dll-Help.xml";
        problems.AddRange(pages.Where(page => page.ExternalHelpFile != helpFile)
            .Select(page => new HelpProblem(page.File, 1, $"the external help file is '{page.ExternalHelpFile}', not '{helpFile}'")));
        return problems.Count == 0 ? new HelpFolder(pages, topics, passedOver) : throw new HelpPageException(problems);
    }
}
