using System.Xml;
using System.Xml.Linq;

namespace SkillMeat.HelpBuilder;

/// <summary>Writes pages as MAML, the XML that <c>Get-Help</c> reads.</summary>
/// <remarks>The output for the same pages is always the same.</remarks>
public static class MamlWriter
{
    private const int TitleWidth = 64;
    private const string OnlineText = "Online Version:";

    private static readonly XNamespace Root = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Writes one file for several commands, in the order given, as UTF-8.</summary>
    /// <param name="pages">The commands of one assembly of the module.</param>
    /// <param name="output">Receives the XML, and stays open.</param>
    public static void Write(IEnumerable<HelpPage> pages, Stream output)
    {
        var document = new XDocument(new XElement(Root + "helpItems", new XAttribute("schema", "maml"), pages.Select(CommandOf)));
        using var writer = XmlWriter.Create(output, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new System.Text.UTF8Encoding(false) });
        document.Save(writer);
    }

    private static XElement CommandOf(HelpPage page) => new(
        Command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Maml),
        new XAttribute(XNamespace.Xmlns + "command", Command),
        new XAttribute(XNamespace.Xmlns + "dev", Dev),
        new XElement(
            Command + "details",
            new XElement(Command + "name", page.Name),
            new XElement(Command + "verb", page.Verb),
            new XElement(Command + "noun", page.Noun),
            Description([page.Synopsis])),
        Description(page.Description),
        new XElement(Command + "syntax", page.Syntax.Select(syntax => SyntaxItem(page, syntax))),
        new XElement(Command + "parameters", page.Parameters.Select(Parameter)),
        new XElement(Command + "inputTypes", page.Inputs.Select(type => TypeOf(Command + "inputType", type))),
        new XElement(Command + "returnValues", page.Outputs.Select(type => TypeOf(Command + "returnValue", type))),
        page.Notes.Count == 0 ? null : new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paras(page.Notes))),
        new XElement(Command + "examples", page.Examples.Select(Example)),
        new XElement(
            Command + "relatedLinks",
            (page.OnlineVersion is { } online ? page.RelatedLinks.Prepend(new HelpLink(OnlineText, online)) : page.RelatedLinks)
                .Select(link => new XElement(Maml + "navigationLink", new XElement(Maml + "linkText", link.Text), new XElement(Maml + "uri", link.Address?.OriginalString)))));

    private static XElement SyntaxItem(HelpPage page, HelpSyntax syntax) => new(
        Command + "syntaxItem",
        new XElement(Maml + "name", page.Name),
        from shown in syntax.Parameters
        let parameter = page.Parameters.First(p => string.Equals(p.Name, shown.Name, StringComparison.OrdinalIgnoreCase))
        let use = parameter.UseIn(syntax.ParameterSet)
        select new XElement(
            Command + "parameter",
            Attributes(parameter, [use]),
            new XElement(Maml + "name", parameter.Name),
            parameter.AcceptedValues.Count == 0 ? null : new XElement(Command + "parameterValueGroup", parameter.AcceptedValues.Select(value => ValueOf(value, isRequired: false))),
            parameter.IsSwitch ? null : ValueOf(parameter.Type, isRequired: true),
            TypeAndDefault(parameter)));

    // Get-Help shows a parameter once for all sets, so it is required or positional if it is so in any set.
    private static XElement Parameter(HelpParameter parameter) => new(
        Command + "parameter",
        Attributes(parameter, parameter.Uses),
        new XElement(Maml + "name", parameter.Name),
        Description(parameter.AcceptedValues.Count == 0 ? parameter.Description
            : [.. parameter.Description, $"Accepted values: {string.Join(", ", parameter.AcceptedValues)}"]),
        ValueOf(parameter.Type, isRequired: !parameter.IsSwitch),
        TypeAndDefault(parameter));

    private static IEnumerable<XAttribute> Attributes(HelpParameter parameter, IReadOnlyList<HelpParameterUse> uses)
    {
        yield return new XAttribute("required", uses.Any(use => use.IsRequired));
        yield return new XAttribute("variableLength", true);
        yield return new XAttribute("globbing", parameter.AcceptsWildcards);
        yield return new XAttribute("pipelineInput", (uses.Any(use => use.FromPipelineByPropertyName), uses.Any(use => use.FromPipeline)) switch
        {
            (true, true) => "True (ByPropertyName, ByValue)",
            (true, false) => "True (ByPropertyName)",
            (false, true) => "True (ByValue)",
            _ => "False",
        });
        yield return new XAttribute("position", uses.Min(use => use.Position)?.ToString() ?? "named");
        yield return new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases));
    }

    private static IEnumerable<XElement> TypeAndDefault(HelpParameter parameter)
    {
        yield return new XElement(Dev + "type", new XElement(Maml + "name", parameter.Type), new XElement(Maml + "uri"));
        yield return new XElement(Dev + "defaultValue", parameter.DefaultValue);
    }

    private static XElement ValueOf(string text, bool isRequired) =>
        new(Command + "parameterValue", new XAttribute("required", isRequired), new XAttribute("variableLength", false), text);

    private static XElement TypeOf(XName name, HelpType type) =>
        new(name, new XElement(Dev + "type", new XElement(Maml + "name", type.Name), new XElement(Maml + "uri")), Description(type.Description));

    private static XElement Example(HelpExample example)
    {
        var title = $" Example {example.Number}: {example.Title} ";
        var dashes = new string('-', Math.Max(1, (TitleWidth - title.Length) / 2));
        return new XElement(
            Command + "example",
            new XElement(Maml + "title", dashes + title + dashes),
            // Get-Help writes the code right after this text, so the text must contain the empty lines.
            example.Introduction.Count == 0 ? null : new XElement(Maml + "introduction", Paras([string.Join("\n\n", example.Introduction) + "\n\n"])),
            new XElement(Dev + "code", example.Output is null ? example.Code : $"{example.Code}\n\n{example.Output}"),
            // The empty paragraph separates the title of the next example.
            new XElement(Dev + "remarks", Paras([.. example.Remarks, ""])));
    }

    private static XElement Description(IReadOnlyList<string> paragraphs) => new(Maml + "description", Paras(paragraphs));

    private static IEnumerable<XElement> Paras(IEnumerable<string> paragraphs) => paragraphs.Select(paragraph => new XElement(Maml + "para", paragraph));
}
