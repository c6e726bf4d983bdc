using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Cockpit.Tests.Architecture;

/// <summary>A type that another one refers to.</summary>
/// <param name="Assembly">The assembly it lives in.</param>
/// <param name="Name">Its full name; that of the outermost type for a nested one.</param>
internal sealed record TypeUse(string Assembly, string Name);

/// <summary>
/// Reads from a compiled assembly which types each type refers to: in its base types, members, attributes and method bodies. What the
/// compiler nests in a type, closures and state machines, counts as the type itself.
/// </summary>
internal sealed class TypeUses
{
    private static readonly Dictionary<short, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(field => field.GetValue(null)).OfType<OpCode>().ToDictionary(code => code.Value, code => code.OperandType);

    private readonly PEReader _file;
    private readonly MetadataReader _reader;
    private readonly string _assembly;
    private readonly SignatureTypes _signatures;
    private HashSet<TypeUse> _found = [];

    private TypeUses(PEReader file)
    {
        _file = file;
        _reader = file.GetMetadataReader();
        _assembly = _reader.GetString(_reader.GetAssemblyDefinition().Name);
        _signatures = new SignatureTypes(this);
    }

    /// <summary>For each outermost type of the assembly, what it refers to outside itself.</summary>
    public static ImmutableDictionary<TypeUse, ImmutableHashSet<TypeUse>> Of(System.Reflection.Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        return new TypeUses(file).Read();
    }

    private ImmutableDictionary<TypeUse, ImmutableHashSet<TypeUse>> Read()
    {
        var uses = new Dictionary<TypeUse, HashSet<TypeUse>>();
        foreach (var handle in _reader.TypeDefinitions)
        {
            var user = NameOf(handle);
            if (!uses.TryGetValue(user, out var found)) uses[user] = found = [];
            _found = found;
            ReadType(_reader.GetTypeDefinition(handle));
        }

        return uses.ToImmutableDictionary(entry => entry.Key, entry => entry.Value.Where(used => used != entry.Key).ToImmutableHashSet());
    }

    private void ReadType(TypeDefinition type)
    {
        Take(type.BaseType);
        foreach (var handle in type.GetInterfaceImplementations()) Take(_reader.GetInterfaceImplementation(handle).Interface);
        foreach (var handle in type.GetFields()) _reader.GetFieldDefinition(handle).DecodeSignature(_signatures, null);
        foreach (var handle in type.GetCustomAttributes()) Take(_reader.GetCustomAttribute(handle).Constructor);
        foreach (var handle in type.GetMethods()) ReadMethod(_reader.GetMethodDefinition(handle));
    }

    private void ReadMethod(MethodDefinition method)
    {
        method.DecodeSignature(_signatures, null);
        foreach (var handle in method.GetCustomAttributes()) Take(_reader.GetCustomAttribute(handle).Constructor);
        if (method.RelativeVirtualAddress == 0) return;
        var body = _file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil) _reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_signatures, null);
        foreach (var region in body.ExceptionRegions) Take(region.CatchType);
        ReadInstructions(body.GetILReader());
    }

    private void ReadInstructions(BlobReader code)
    {
        while (code.RemainingBytes > 0)
        {
            short value = code.ReadByte();
            if (value == 0xFE) value = (short)(0xFE00 | code.ReadByte());
            switch (Operands[value])
            {
                case OperandType.InlineNone: break;
                case OperandType.InlineSwitch:
                    var targets = code.ReadInt32();
                    code.Offset += sizeof(int) * targets;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR: code.Offset += sizeof(long); break;
                case OperandType.InlineVar: code.Offset += sizeof(short); break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar: code.Offset += sizeof(byte); break;
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    Take(MetadataTokens.EntityHandle(code.ReadInt32()));
                    break;
                default: code.Offset += sizeof(int); break;
            }
        }
    }

    private void Take(EntityHandle handle)
    {
        if (handle.IsNil) return;
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition: _found.Add(NameOf((TypeDefinitionHandle)handle)); break;
            case HandleKind.TypeReference: _found.Add(NameOf((TypeReferenceHandle)handle)); break;
            case HandleKind.TypeSpecification: _reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(_signatures, null); break;
            case HandleKind.MethodDefinition: Take(_reader.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType()); break;
            case HandleKind.FieldDefinition: Take(_reader.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType()); break;
            case HandleKind.MemberReference: TakeMember(_reader.GetMemberReference((MemberReferenceHandle)handle)); break;
            case HandleKind.MethodSpecification:
                var generic = _reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                generic.DecodeSignature(_signatures, null);
                Take(generic.Method);
                break;
        }
    }

    private void TakeMember(MemberReference member)
    {
        Take(member.Parent);
        if (member.GetKind() == MemberReferenceKind.Method) member.DecodeMethodSignature(_signatures, null);
        else member.DecodeFieldSignature(_signatures, null);
    }

    private TypeUse NameOf(TypeDefinitionHandle handle)
    {
        var type = _reader.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer ? NameOf(outer) : new(_assembly, Join(type.Namespace, type.Name));
    }

    private TypeUse NameOf(TypeReferenceHandle handle)
    {
        var type = _reader.GetTypeReference(handle);
        return type.ResolutionScope.Kind switch
        {
            HandleKind.TypeReference => NameOf((TypeReferenceHandle)type.ResolutionScope),
            HandleKind.AssemblyReference => new(
                _reader.GetString(_reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name), Join(type.Namespace, type.Name)),
            _ => new(_assembly, Join(type.Namespace, type.Name)),
        };
    }

    private string Join(StringHandle space, StringHandle name) => space.IsNil ? _reader.GetString(name) : $"{_reader.GetString(space)}.{_reader.GetString(name)}";

    /// <summary>Takes every named type of a signature; what it makes of them is of no interest.</summary>
    private sealed class SignatureTypes(TypeUses uses) : ISignatureTypeProvider<object?, object?>
    {
        public object? GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Take(handle);

        public object? GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Take(handle);

        public object? GetTypeFromSpecification(MetadataReader reader, object? context, TypeSpecificationHandle handle, byte rawTypeKind) => Take(handle);

        public object? GetArrayType(object? elementType, ArrayShape shape) => null;

        public object? GetByReferenceType(object? elementType) => null;

        public object? GetFunctionPointerType(MethodSignature<object?> signature) => null;

        public object? GetGenericInstantiation(object? genericType, ImmutableArray<object?> typeArguments) => null;

        public object? GetGenericMethodParameter(object? context, int index) => null;

        public object? GetGenericTypeParameter(object? context, int index) => null;

        public object? GetModifiedType(object? modifier, object? unmodifiedType, bool isRequired) => null;

        public object? GetPinnedType(object? elementType) => null;

        public object? GetPointerType(object? elementType) => null;

        public object? GetPrimitiveType(PrimitiveTypeCode typeCode) => null;

        public object? GetSZArrayType(object? elementType) => null;

        private object? Take(EntityHandle handle)
        {
            uses.Take(handle);
            return null;
        }
    }
}
