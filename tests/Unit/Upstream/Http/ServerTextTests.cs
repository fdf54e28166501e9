using FsCheck;
using FsCheck.Fluent;
using SkillMeat.Upstream.Http;
using SkillMeat.Upstream.Tokens;
using Xunit;

namespace SkillMeat.Tests.Upstream.Http;

public sealed class ServerTextTests
{
    [Fact]
    public void Flattened_text_is_one_line_without_control_characters_and_flat_already() => Prop.ForAll<string?>(text =>
    {
        string flat = ServerText.Flatten(text ?? "");
        return !flat.Any(char.IsControl) && !flat.Contains("  ", StringComparison.Ordinal) && ServerText.Flatten(flat) == flat;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cut_text_is_short_a_beginning_and_never_half_a_character() => Prop.ForAll(
        ArbMap.Default.ArbFor<string?>(), Gen.Choose(2, 20).ToArbitrary(),
        (some, max) =>
        {
            string text = string.Concat(some, "\U0001F600\U0001F600x\U0001F600");
            string cut = ServerText.Cut(text, max);
            string kept = cut.TrimEnd('…');
            return cut.Length <= max
                && text.StartsWith(kept, StringComparison.Ordinal)
                && (text.Length > max || cut == text)
                && (kept.Length == 0 || kept.Length == text.Length || !(char.IsHighSurrogate(kept[^1]) && char.IsLowSurrogate(text[kept.Length])));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Scrubbed_text_holds_the_token_in_no_form() => Prop.ForAll<string?, string?, byte>((before, after, form) =>
    {
        var scrubber = new TokenScrubber(GitHubToken.From("ghp_a+b/c=", "here"));
        string secret = new[] { "ghp_a+b/c=", "ghp_a%2Bb%2Fc%3D", TokenScrubber.BasicCredentials("ghp_a+b/c=") }[form % 3];
        string scrubbed = scrubber.Scrub(before + secret + after);
        return !scrubber.IsIn(scrubbed) && scrubbed.Contains("[token]", StringComparison.Ordinal);
    }).QuickCheckThrowOnFailure();
}
