using System.Text;
using SkillMeat.HelpBuilder;
using SkillMeat.Tests.Support;

namespace SkillMeat.Tests.Help;

/// <summary>A folder of help pages of its own for one test, deleted afterwards.</summary>
public sealed class PageFolder : IDisposable
{
    /// <summary>The sample's command.</summary>
    public const string Command = "Update-Widget";

    /// <summary>The sample's topic.</summary>
    public const string Topic = "about_Widgets";

    public string Path { get; } = Directory.CreateTempSubdirectory("help-pages-").FullName;

    public string Output => System.IO.Path.Combine(Path, "output");

    /// <summary>A page of the sample.</summary>
    public static string Sample(string name) => File.ReadAllText(System.IO.Path.Combine(Checkout.Folder, "tests", "Unit", "Help", "Pages", name + ".md"));

    public string PathOf(string name) => System.IO.Path.Combine(Path, name + ".md");

    public string Built(string file) => System.IO.Path.Combine(Output, "en-US", file);

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    public PageFolder WithSample()
    {
        Write(Command, Sample(Command));
        Write(Topic, Sample(Topic));
        return this;
    }

    public HelpPage Read(string text, string name = Command) => HelpPageReader.Read(Write(name, text));

    /// <summary>Replaces the DESCRIPTION of the sample and returns its paragraphs.</summary>
    public IReadOnlyList<string> ReadDescription(string markdown)
    {
        var sample = Sample(Command);
        var start = sample.IndexOf("## DESCRIPTION\n", StringComparison.Ordinal) + "## DESCRIPTION\n".Length;
        return Read(sample[..start] + markdown + "\n\n" + sample[sample.IndexOf("## EXAMPLES", StringComparison.Ordinal)..]).Description;
    }

    /// <summary>Returns the text of an about topic for a piece of Markdown, without the headings above it.</summary>
    public string[] WriteAbout(string markdown)
    {
        var page = AboutPageReader.Read(Write(Topic, $"# {Topic}\n## SHORT DESCRIPTION\nShort.\n## LONG DESCRIPTION\n{markdown}\n"));
        return AboutTextWriter.Write(page).TrimEnd('\n').Split('\n')[7..];
    }

    /// <summary>Runs the program on this folder.</summary>
    public (int ExitCode, string Output, string Error) Build(params string[] options)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        return (HelpBuilderApp.Run([Path, Output, .. options], output, error), output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
