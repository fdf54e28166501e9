namespace SkillMeat.HelpBuilder;

/// <summary>The program that converts a folder of help pages for <c>Get-Help</c>.</summary>
public static class HelpBuilderApp
{
    private const string Usage = """
        HelpBuilder PAGES OUTPUT [--assembly NAME]
            turns PAGES/Verb-Noun.md into OUTPUT/en-US/<external help file>, and PAGES/about_Name.md into OUTPUT/en-US/about_Name.help.txt;
            with --assembly every page has to name NAME.dll-Help.xml as its external help file
        """;

    /// <summary>Runs the program.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="output">Receives the names of the written files.</param>
    /// <param name="error">Receives the problems, a line <c>file:line: problem</c> for each.</param>
    /// <returns>The exit code: 0, or 1 if there was a problem and nothing was written.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        switch (arguments)
        {
            case ["--help" or "-h"]:
                output.WriteLine(Usage);
                return 0;
            case [var pages, var target]:
                return Build(pages, target, null, output, error);
            case [var pages, var target, "--assembly", var assembly]:
                return Build(pages, target, assembly, output, error);
            default:
                error.WriteLine(Usage);
                return 1;
        }
    }

    private static int Build(string pages, string target, string? assembly, TextWriter output, TextWriter error)
    {
        try
        {
            var help = HelpFolder.Read(pages, assembly);
            if (help.Pages.Count + help.Topics.Count == 0)
            {
                error.WriteLine($"{pages}: no help pages found");
                return 1;
            }

            foreach (var name in help.PassedOver) output.WriteLine($"passed over: {name}");
            foreach (var file in HelpFiles.Write(help, target)) output.WriteLine(file);
            return 0;
        }
        catch (HelpPageException e)
        {
            foreach (var problem in e.Problems) error.WriteLine(problem);
            return 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error.WriteLine(e.Message);
            return 1;
        }
    }
}
