"""Extracts the fields of the vSphere types this adapter sends, in their XSD order, from pyVmomi's type table.

Run by hand when an operation or a type is added:
  python3 -m pip download --no-deps -d /some/folder pyvmomi==9.1.1.0
  python3 extract-vim-types.py /some/folder/pyvmomi-9.1.1.0-py3-none-any.whl > vim-types.json
pyVmomi is licensed under Apache-2.0; names, order and types of fields are taken from it, no code.
"""
import json
import pathlib
import re
import sys

wheel = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(wheel))
from pyVmomi import VmomiSupport, vim, vmodl  # noqa: E402, F401

VERSION = 'vim.version.v7_0'  # what SOAPAction names; later fields are unknown to a vCenter of this version
NAMESPACE = 'urn:vim25'

SENT = '''
CustomizationAdapterMapping CustomizationDhcpIpGenerator CustomizationFixedIp CustomizationFixedName
CustomizationGlobalIPSettings CustomizationIPSettings CustomizationLinuxPrep CustomizationSpec ObjectSpec OptionValue
PropertyFilterSpec PropertySpec RetrieveOptions TraversalSpec VirtualDeviceConfigSpec VirtualDeviceConnectInfo VirtualDisk
VirtualDiskFlatVer2BackingInfo VirtualDiskSeSparseBackingInfo DistributedVirtualSwitchPortConnection VirtualE1000
VirtualE1000e VirtualEthernetCardDistributedVirtualPortBackingInfo VirtualEthernetCardNetworkBackingInfo
VirtualMachineCloneSpec VirtualMachineConfigSpec VirtualMachineRelocateSpec VirtualPCNet32 VirtualVmxnet VirtualVmxnet2
VirtualVmxnet3 WaitOptions
'''.split()

MANAGED = '''
AuthorizationManager ContainerView Datacenter Datastore DistributedVirtualPortgroup DistributedVirtualSwitch Folder ListView Network OpaqueNetwork
PropertyCollector ResourcePool SearchIndex ServiceInstance SessionManager StoragePod Task TaskManager ViewManager VirtualApp
VirtualMachine VmwareDistributedVirtualSwitch
'''.split()


ROOTS = (VmomiSupport.ManagedObject, VmomiSupport.DataObject)


def operations():
    wsdl = (pathlib.Path(__file__).parent / '../../src/hypervisor/vsphere/vim25-wsdl.ts').read_text()
    return re.findall(r"'(\w+)'", wsdl[wsdl.index('OPERATIONS') : wsdl.index('] as const')])


def item_type(declared):
    return declared.Item if issubclass(declared, list) else declared


def field(info):
    declared = item_type(info.type)
    described = {'name': info.name, 'type': VmomiSupport.GetWsdlName(declared), 'kind': kind(declared)}
    if issubclass(info.type, list):
        described['list'] = True
    if info.flags & VmomiSupport.F_OPTIONAL:
        described['optional'] = True
    if described['kind'] == 'data' and has_subtypes(declared):
        described['subtypes'] = True
    return described


def kind(declared):
    if declared is object:
        return 'any'
    if issubclass(declared, VmomiSupport.ManagedObject):
        return 'managed'
    return 'data' if issubclass(declared, VmomiSupport.DataObject) else 'simple'


def has_subtypes(declared):
    # The table's classes are made on demand, so their names are looked up in the table itself.
    return declared.__name__ in {definition[2] for definition in VmomiSupport._dataDefMap.values()}


def bases(known):
    return [VmomiSupport.GetWsdlName(base) for base in known.__mro__[1:] if issubclass(base, ROOTS)]


def known_to_version(info):
    return VmomiSupport.IsChildVersion(VERSION, info.version)


def type_of(name):
    return VmomiSupport.GetWsdlType(NAMESPACE, name)


def operation(name):
    method = VmomiSupport.GetWsdlMethod(NAMESPACE, name)
    target = VmomiSupport.GetVmodlType(method.info.typeName)
    this = {'name': '_this', 'type': target._wsdlName, 'kind': 'managed'}
    return [this, *[field(parameter) for parameter in method.info.params if known_to_version(parameter)]]


table = {
    'source': {'package': wheel.name, 'licence': 'Apache-2.0', 'apiVersion': '7.0.0.0'},
    'operations': {name: operation(name) for name in operations()},
    'types': {
        name: {
            'bases': bases(type_of(name)),
            'fields': [field(info) for info in type_of(name)._GetPropertyList() if known_to_version(info)],
        }
        for name in sorted(SENT)
    },
    'managed': {name: bases(type_of(name)) for name in sorted(MANAGED)},
}
text = json.dumps(table, indent=1)
# One field a line: a difference after a new pyVmomi is then readable.
print(re.sub(r'[\[{][^\[\]{}]*[\]}]', lambda inner: re.sub(r'\s*\n\s*', ' ', inner[0]), text))
