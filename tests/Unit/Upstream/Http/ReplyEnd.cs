namespace SkillMeat.Tests.Upstream.Http;

/// <summary>The treatment of the connection after the bytes of a <see cref="Reply"/>.</summary>
public enum ReplyEnd
{
    KeepOpen,
    Close,
    Reset,
    Silence,
    Trickle,

    /// <summary>The <see cref="Reply.Piece"/> follows again and again.</summary>
    Endless,
}
