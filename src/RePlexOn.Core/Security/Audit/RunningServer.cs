using System.Net;
using RePlexOn.Plex;

namespace RePlexOn.Security.Audit;

/// <summary>What was learned from the running server.</summary>
/// <param name="Address">Where it answers.</param>
/// <param name="Identity">Who it says it is.</param>
/// <param name="AnswerToStranger">How it answers who asks for its libraries without signing in; null for not at all.</param>
/// <param name="Settings">Its settings; null where it did not give them.</param>
/// <param name="WhyNoSettings">Why it did not; null where it did.</param>
internal sealed record RunningServer(
    Uri Address, PlexIdentity Identity, HttpStatusCode? AnswerToStranger, IReadOnlyDictionary<string, string>? Settings, string? WhyNoSettings);
