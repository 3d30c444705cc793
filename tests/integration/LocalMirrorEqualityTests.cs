using RePlexOn.IntegrationTests.Fixtures;
using RePlexOn.Targets;

namespace RePlexOn.IntegrationTests;

public sealed class LocalMirrorEqualityTests(Places places) : MirrorEqualityTests(places, TargetKind.Local);
