namespace SkillMeat.HelpBuilder;

/// <summary>A folder of help pages, read as a whole.</summary>
/// <param name="Pages">The commands, by name.</param>
/// <param name="Topics">The topics, by name.</param>
/// <param name="PassedOver">The names of Markdown files that are neither, such as a README.</param>
public sealed record HelpFolder(IReadOnlyList<HelpPage> Pages, IReadOnlyList<AboutPage> Topics, IReadOnlyList<string> PassedOver)
{
    private const string AboutPrefix = "about_";

    /// <summary>Reads every page of a folder; folders in it are not looked into.</summary>
    /// <param name="folder">The folder's path.</param>
    /// <param name="assembly">The assembly for whose help every page has to be; null when the pages only have to agree.</param>
    /// <returns>The pages.</returns>
    /// <exception cref="HelpPageException">A page is not what it should be, or the pages are for different help files; names everything that is wrong.</exception>
    /// <exception cref="IOException">The folder, or a file in it, can't be read.</exception>
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
