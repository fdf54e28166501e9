using System.Reflection;
using SkillMeat.Errors;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cmdlets;

/// <summary>The error ids are documented for authors of scripts.</summary>
public sealed class ErrorIdTests
{
    public static TheoryData<string> Ids => new(typeof(ErrorIds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!));

    [Theory, MemberData(nameof(Ids))]
    public void An_id_is_in_the_help(string id) =>
        Assert.Contains($"\n| {id} | ", File.ReadAllText(Path.Combine(Checkout.Folder, "docs", "help", "about_SkillMeat.md")), StringComparison.Ordinal);

    [Theory, MemberData(nameof(Ids))]
    public void An_id_has_a_category_of_PowerShells(string id) =>
        Assert.Contains($"ErrorIds.{id} ", File.ReadAllText(Path.Combine(Checkout.Folder, "src", "SkillMeat.Cmdlets", "Errors", "ErrorRecords.cs")), StringComparison.Ordinal);
}
