using System.Management.Automation;
using System.Security;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cmdlets;

/// <summary>The contract of every cmdlet, without PowerShell: names, output types, confirmation, completion.</summary>
public sealed class MetadataTests
{
    private static readonly Type[] VerbClasses =
        [typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic), typeof(VerbsLifecycle), typeof(VerbsOther), typeof(VerbsSecurity)];

    public static TheoryData<string> Names => new(CmdletInfo.All.Select(c => c.Name));

    [Fact]
    public void There_are_cmdlets() => Assert.NotEmpty(CmdletInfo.All);

    [Theory, MemberData(nameof(Names))]
    public void The_verb_is_an_approved_one_and_the_noun_has_the_prefix(string name)
    {
        var cmdlet = Find(name);

        Assert.Contains(cmdlet.Verb, VerbClasses.SelectMany(c => c.GetFields()).Select(f => (string)f.GetRawConstantValue()!));
        Assert.StartsWith("Skm", cmdlet.Noun, StringComparison.Ordinal);
        Assert.Equal($"{cmdlet.Verb}{cmdlet.Noun}Command", cmdlet.Type.Name);
        Assert.True(cmdlet.Type.IsSealed);
    }

    [Theory, MemberData(nameof(Names))]
    public void Output_types_are_the_engines_records(string name)
    {
        var cmdlet = Find(name);

        Assert.NotEmpty(cmdlet.OutputTypes);
        Assert.All(cmdlet.OutputTypes, t => Assert.True(t.IsSealed && t.IsPublic && t.Assembly.GetName().Name == "SkillMeat.Engine", t.Name));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_cmdlet_that_changes_something_can_be_tried_and_one_that_destroys_asks_first(string name)
    {
        var cmdlet = Find(name);
        var changes = cmdlet.Verb is not (VerbsCommon.Get or VerbsCommon.Find or VerbsDiagnostic.Test or VerbsData.Compare);

        Assert.Equal(changes, cmdlet.SupportsShouldProcess);
        // A member that leaves a group stays in the collection.
        Assert.Equal(cmdlet.Verb is VerbsCommon.Remove or VerbsData.Restore && name != "Remove-SkmGroupMember", cmdlet.ConfirmImpact == ConfirmImpact.High);
        // -Force also skips a prompt that a preference causes, and replaces an exported file or local edits in a project.
        Assert.Equal(
            cmdlet.ConfirmImpact == ConfirmImpact.High || name is "Update-SkmArtifact" or "Export-SkmSnapshot" or "Install-SkmArtifact" or "Install-SkmProject" or "Uninstall-SkmArtifact",
            cmdlet.Parameters.Any(p => p.Name == "Force"));
    }

    [Theory, MemberData(nameof(Names))]
    public void Parameters_that_can_be_completed_are(string name) =>
        Assert.All(
            Find(name).Parameters.Where(p => p.Name is "Collection" or "SnapshotId" or "Artifact" or "Type" or "Fields" or "Project" or "Profile" or "Group"
                || (p.Name == "Name" && Find(name).Verb is not (VerbsCommon.New or VerbsCommon.Add or VerbsLifecycle.Register))),
            p => Assert.True(p.HasCompleter, p.Name));

    [Theory, MemberData(nameof(Names))]
    public void A_home_can_be_named_and_a_secret_is_never_plain_text(string name)
    {
        var parameters = Find(name).Parameters;

        Assert.Equal(name != "Get-SkmRefreshField", parameters.Any(p => p.Name == "SkillMeatHome"));
        Assert.All(parameters.Where(p => p.Name.Contains("Token", StringComparison.Ordinal)), p => Assert.Equal(typeof(SecureString), p.Type));
    }

    [Fact]
    public void Snapshots_are_paged() => Assert.True(Find("Get-SkmSnapshot").SupportsPaging);

    [Fact]
    public void The_manifest_exports_exactly_these_cmdlets_by_name()
    {
        var manifest = ModuleManifest.Read();

        Assert.Equal(CmdletInfo.All.Select(c => c.Name), manifest.List("CmdletsToExport").Order(StringComparer.Ordinal));
        Assert.Empty(manifest.List("FunctionsToExport"));
        Assert.Empty(manifest.List("AliasesToExport"));
        Assert.Empty(manifest.List("VariablesToExport"));
        Assert.Equal(["Core"], manifest.List("CompatiblePSEditions"));
        Assert.Equal("7.4", manifest.Text("PowerShellVersion"));
    }

    [Fact]
    public void The_manifests_version_is_the_builds()
    {
        var properties = File.ReadAllText(Path.Combine(Checkout.Folder, "Directory.Build.props"));

        Assert.Contains($"<SkillMeatVersion>{ModuleManifest.Read().Text("ModuleVersion")}</SkillMeatVersion>", properties, StringComparison.Ordinal);
    }

    private static CmdletInfo Find(string name) => CmdletInfo.All.Single(c => c.Name == name);
}
