using SkillMeat.HelpBuilder;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cmdlets;

/// <summary>Every cmdlet has a page, and the page describes each parameter correctly.</summary>
public sealed class HelpPageTests
{
    private const string AllSets = "(All)";

    // Parameters that the attribute of the cmdlet adds, and the class does not declare.
    private static readonly Dictionary<string, string> PagingTypes = new() { ["First"] = "UInt64", ["Skip"] = "UInt64", ["IncludeTotalCount"] = "SwitchParameter" };

    private static string Folder => Path.Combine(Checkout.Folder, "docs", "help");

    public static TheoryData<string> Names => new(CmdletInfo.All.Select(c => c.Name));

    [Fact]
    public void There_is_a_page_for_each_cmdlet_and_for_nothing_else() =>
        Assert.Equal(
            CmdletInfo.All.Select(c => c.Name),
            Directory.GetFiles(Folder, "*-*.md").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal));

    [Fact]
    public void There_are_the_topics() => Assert.All(["about_SkillMeat", "about_SkillMeat_Runbooks"], topic => Assert.Equal(topic, AboutPageReader.Read(Path.Combine(Folder, $"{topic}.md")).Name));

    [Theory, MemberData(nameof(Names))]
    public void Every_parameter_is_documented_and_no_other(string name)
    {
        var cmdlet = Find(name);
        var expected = cmdlet.Parameters.Select(p => p.Name)
            .Concat(cmdlet.SupportsPaging ? PagingTypes.Keys : [])
            .Concat(cmdlet.SupportsShouldProcess ? ["WhatIf", "Confirm"] : []);

        Assert.Equal(expected.Order(StringComparer.Ordinal), Page(name).Parameters.Select(p => p.Name).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Names))]
    public void The_description_of_a_parameter_is_true(string name)
    {
        var cmdlet = Find(name);
        var page = Page(name);
        foreach (var parameter in cmdlet.Parameters)
        {
            var documented = page.Parameters.Single(p => p.Name == parameter.Name);
            Assert.Equal((parameter.Name, parameter.Type.Name, parameter.TakesWildcards), (documented.Name, documented.Type, documented.AcceptsWildcards));
            Assert.Equal(parameter.Aliases, documented.Aliases);
            Assert.Equal(
                parameter.Uses,
                documented.Uses.Select(use => new CmdletInfo.ParameterInfo.Use(
                    use.IsRequired, use.Position, use.FromPipeline, use.FromPipelineByPropertyName, use.IsInAllSets ? "" : string.Join(", ", use.ParameterSets.Order(StringComparer.Ordinal))))
                    .OrderBy(use => use.Sets, StringComparer.Ordinal));
        }

        foreach (var (paging, type) in cmdlet.SupportsPaging ? PagingTypes : []) Assert.Equal(type, page.Parameters.Single(p => p.Name == paging).Type);
    }

    [Theory, MemberData(nameof(Names))]
    public void There_are_three_examples_and_the_output_types(string name)
    {
        var page = Page(name);

        Assert.True(page.Examples.Count >= 3, $"{page.Examples.Count} examples");
        Assert.Equal(Find(name).OutputTypes.Select(t => t.FullName).Order(StringComparer.Ordinal), page.Outputs.Select(o => o.Name).Order(StringComparer.Ordinal));
        Assert.Equal("SkillMeat.Cmdlets.dll-Help.xml", page.ExternalHelpFile);
        Assert.Equal(Find(name).DefaultSet, page.Syntax.Count == 1 ? null : page.Syntax.Single(s => s.IsDefault).ParameterSet);
    }

    private static CmdletInfo Find(string name) => CmdletInfo.All.Single(c => c.Name == name);

    private static HelpPage Page(string name) => HelpPageReader.Read(Path.Combine(Folder, $"{name}.md"));
}
