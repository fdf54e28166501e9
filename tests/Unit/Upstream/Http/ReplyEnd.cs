namespace SkillMeat.Tests.Upstream.Http;

/// <summary>What happens to the connection behind the bytes of a <see cref="Reply"/>.</summary>
public enum ReplyEnd
{
    KeepOpen,
    Close,
    Reset,
    Silence,
}
